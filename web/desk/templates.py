"""The library's templates under our content security policy, and our own before them.

The library writes scripts, styles and handlers into its pages. Where a template is loaded, its scripts and styles get
the nonce of the page, and what HTML cannot carry under the policy (`style="…"`, `onclick="…"`) becomes data that
static/desk.js does. What people wrote never passes here: it comes into a template as a value, when that is rendered.
"""

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

OWN = Path(__file__).parent / "templates"
NONCE = 'nonce="{{ request.scope.desk.nonce }}"'
OPENS = re.compile(r"<(script|style)(?=[\s>])(?![^>]*\bnonce=)")
STYLE = re.compile(r'(?<![-\w])style="')
HANDLER = re.compile(r'(?<![-\w])on(click|change|submit)="')
CLOSE = '<a class="btn-close"'  # which no key reaches as it is, and no reader takes for a button
INTER = re.compile(r"@import url\([^)]*\);")


def rewritten(source: str) -> str:
    """A template of the library as our policy takes it."""
    source = INTER.sub("", source)
    source = source.replace(CLOSE, f'{CLOSE} href="#" role="button"')
    source = OPENS.sub(rf"<\1 {NONCE}", source)
    source = STYLE.sub('data-desk-style="', source)
    return HANDLER.sub(r'data-desk-\1="', source)


class Rewritten(BaseLoader):
    """Loads what another loader loads, rewritten."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """As jinja2 asks for it. Raises TemplateNotFound."""
        source, filename, fresh = self._loader.get_source(environment, template)
        return rewritten(source), filename, fresh


def loader() -> BaseLoader:
    """Ours first, then the library's; `@core/…` is the library's where ours has the same name."""
    library = Rewritten(PackageLoader("starlette_admin", "templates"))
    return ChoiceLoader([FileSystemLoader(OWN), library, PrefixLoader({"@core": library})])
