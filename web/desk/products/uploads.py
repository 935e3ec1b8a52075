"""Photos that were uploaded: looked at, drawn anew as JPEG, and kept in the folder of pictures under what they show.

What is drawn anew is a picture and nothing else, and tells no place where it was taken.
"""

import asyncio
import hashlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from shop.refusals import CannotRead

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 10 * 1024 * 1024  # bytes, as of a photo in the chat
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2560  # pixels; Telegram shows no more
FOLDER = "desk"
KINDS = ("JPEG", "PNG", "WEBP")


async def keep(content: bytes, media: Path) -> str:
    """The name of the photo in the folder. Raises CannotRead (field: photo): too large, or no picture."""
    if not content or len(content) > LARGEST:
        raise CannotRead(field="photo", given="", hint="photo")
    drawn = await asyncio.to_thread(_drawn, content)
    name = f"{FOLDER}/{hashlib.sha256(drawn).hexdigest()[:32]}.jpg"
    await asyncio.to_thread(_write, media / name, drawn)
    return name


def inside(media: Path, source: str) -> Path | None:
    """The file of a picture in the folder; None: it is elsewhere, or there is none."""
    root = media.resolve()
    try:
        path = (root / source).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None


def _drawn(content: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415  loaded where a photo is uploaded

    try:
        with Image.open(BytesIO(content), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise CannotRead(field="photo", given="", hint="photo")
            opened.load()
            turned = _upright(opened).convert("RGBA")
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        paper = Image.new("RGB", turned.size, "white")
        paper.paste(turned, mask=turned.getchannel("A"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CannotRead(field="photo", given="", hint="photo") from error
    out = BytesIO()
    paper.save(out, "JPEG", quality=88)
    return out.getvalue()


def _upright(picture: "Image.Image") -> "Image.Image":
    """As the camera was held; what it says of that may be broken."""
    from PIL import ImageOps  # noqa: PLC0415  the same

    try:
        return ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, ZeroDivisionError):
        return picture


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
