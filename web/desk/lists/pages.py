"""The page where a list is sent, what it would change, and those that were taken in lately."""

import base64
import binascii
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView, route

from shop import importing
from shop.importing import runs
from shop.people.permissions import Permission
from web.desk.behind import behind, present, words
from web.desk.lists import saying, taking
from web.desk.pieces import page, tell, warn
from web.desk.words import mark

LARGEST = 4 * 1024 * 1024  # bytes; what was shown comes back with the answer, so that any replica may take it in
LATELY = 10


class Lists(CustomView):
    """Lists of products."""

    menu_label = mark("Import")
    icon: str | None = "fa fa-file-import"
    path = "/lists"

    def title(self, request: Request) -> str:
        """Its name."""
        return words(request).plain(self.menu_label)

    def is_accessible(self, request: Request) -> bool:
        """Who sees to goods and to stock: a list changes both."""
        who = present(request)
        return who.may(Permission.CATALOGUE) and who.may(Permission.STOCK)

    def is_active(self, request: Request) -> bool:
        """Also on the page of one of them."""
        return request.url.path.startswith(f"{behind(request).path}/lists")

    @route("", methods=["GET", "POST"], name="lists")
    async def index(self, request: Request) -> Response:
        """Send one; then what it would change."""
        if request.method == "POST":
            async with request.form() as form:
                file = form.get("file")
                content = await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
                name = (file.filename if isinstance(file, UploadFile) else "") or "list"
            if content and len(content) <= LARGEST:
                return await self._preview(request, content, name)
            said = words(request).plain("The file is larger than 4 MB: send it to the shop’s bot, which takes 20 MB.")
            warn(request, said if content else words(request).plain("There is nothing in it yet."))
            return RedirectResponse(request.url_for("desk:lists"), status_code=303)
        who, desk = present(request), behind(request)
        async with desk.db.read() as session:
            lately = await runs.lately(session, who.acting.owner_id, limit=LATELY)
        shown = [saying.run(words(request), one, desk.now()) for one in lately]
        return page(request, self, "lists.html", {"title": self.title(request), "runs": shown})

    @route("/take", methods=["POST"], name="list-take")
    async def take(self, request: Request) -> Response:
        """Take in what was shown."""
        form = await request.form()
        name = str(form.get("name", ""))[:255]
        try:
            content = base64.b64decode(str(form.get("content", "")), validate=True)
        except (binascii.Error, ValueError):
            raise HTTPException(400) from None
        report = await taking.take(behind(request), present(request), content, name=name, seen=str(form.get("seen")))
        if report is None:
            warn(request, words(request).plain("Something changed meanwhile. It would do this now:"))
        if report is None or not report.ok:
            return await self._preview(request, content, name)
        return done(request, report)

    @route("/{run_id:int}", methods=["GET", "POST"], name="list-run")
    async def run(self, request: Request) -> Response:
        """What became of one; and back."""
        who, desk, spoken = present(request), behind(request), words(request)
        run_id = int(request.path_params["run_id"])
        if request.method == "POST":
            undone = await taking.undo(desk, who, run_id)
            if undone is None:
                warn(request, spoken.plain("Another list is on its way. Try again when it is done."))
            elif not undone:
                warn(request, spoken.plain("It cannot be undone any more."))
            return RedirectResponse(request.url_for("desk:list-run", run_id=run_id), status_code=303)
        found = await taking.run_of(desk, who, run_id)
        if found is None:
            raise HTTPException(404)
        context = {"title": found.name or self.title(request), "run": saying.run(spoken, found, desk.now())}
        return page(request, self, "list_run.html", context)

    async def _preview(self, request: Request, content: bytes, name: str) -> Response:
        report = await taking.look(behind(request), present(request), content)
        context: dict[str, Any] = {
            "title": name,
            "shown": saying.preview(words(request), report),
            "name": name,
            "content": base64.b64encode(content).decode(),
            "seen": importing.outline(report),
            "target": request.url_for("desk:list-take"),
            "fields": (),
            "back": request.url_for("desk:lists"),
        }
        return page(request, self, "list_preview.html", context)


def done(request: Request, report: importing.ImportReport) -> Response:
    """To the page of what was taken in."""
    tell(request, words(request).plain("Done. It can be undone for an hour."))
    return RedirectResponse(request.url_for("desk:list-run", run_id=report.runs[0]), status_code=303)
