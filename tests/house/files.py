"""The files of the project, as the house rules look at them."""

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("app", "bot", "db", "payments", "shop", "simulator", "web")
LEFT_OUT = {".git", ".venv", "node_modules", "__pycache__", "build", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project, relative to its root: what git tracks, or what lies there where there is no git."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        names = [Path(name) for name in listed.split("\0") if name]
    else:
        names = [
            path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file() and not LEFT_OUT & set(path.parts)
        ]
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


def python(*folders: str) -> list[Path]:
    """The Python files in these folders, or all of them."""
    return [path for path in tracked() if path.suffix == ".py" and (not folders or path.parts[0] in folders)]


@cache
def text(path: Path) -> str:
    """What a file says; empty for pictures and other bytes."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree(path: Path) -> ast.Module:
    """A Python file as Python reads it."""
    return ast.parse(text(path), filename=str(path))


def lines_with(path: Path, *words: str) -> list[str]:
    """`path:line` of every line that contains one of the words."""
    return [
        f"{path}:{number}"
        for number, line in enumerate(text(path).splitlines(), 1)
        if any(word in line for word in words)
    ]
