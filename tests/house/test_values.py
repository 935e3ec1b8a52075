"""Values are msgspec Structs, which cost a start next to nothing (docs/decisions/values-are-structs.md)."""

import ast

from tests.house.files import python, tree

BOT = ("app", "bot", "db", "payments", "shop", "web")


def test_a_frozen_dataclass_is_there_for_what_it_hides() -> None:
    others = [
        f"{path}: {node.name}"
        for path in python(*BOT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        and any("dataclass" in name and "frozen=True" in name for name in map(ast.unparse, node.decorator_list))
        and "repr=False" not in ast.unparse(node)
    ]

    assert others == []


def test_a_secret_in_a_struct_is_one_that_does_not_show_itself() -> None:
    telling = [
        f"{path}: {field.target.id}"
        for path in python(*BOT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and {"Struct", "Section"} & {ast.unparse(base) for base in node.bases}
        for field in node.body
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and {"token", "secret", "password"} & set(field.target.id.split("_"))
        and "Secret" not in ast.unparse(field.annotation)
    ]

    assert telling == []
