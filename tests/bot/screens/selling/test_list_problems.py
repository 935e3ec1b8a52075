"""What a list is told about is said in the reader's language, whatever it is."""

import ast
from pathlib import Path

from bot.screens.selling.lists.problems import SENTENCES, note, problem
from bot.words import words_for
from shop.importing import Note, Problem
from shop.importing.saying import said

ROOM = Path(__file__).parents[4] / "shop/importing"


def test_every_sentence_of_the_room_is_named_for_the_translators() -> None:
    spoken = {
        node.args[0].value
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said" and node.args
        if isinstance(node.args[0], ast.Constant)
    }
    assert spoken == SENTENCES


def test_a_problem_is_told_in_german_with_what_stands_in_the_file() -> None:
    words = words_for("de")
    wrong = Problem(4, said("{name} is {not_sold}", name="'Set'", not_sold=said("a bundle of other products")), "Type")
    assert problem(words, wrong) == "Zeile 4, Type: 'Set' ist ein Paket aus anderen Produkten"
    assert problem(words, Problem(0, said("it is empty"))) == "die Datei: sie ist leer"
    assert problem(words_for("en"), wrong) == str(wrong)
    far = Note(said("options longer than {label_limit} characters are cut", label_limit=128), 7, [3, 2])
    assert note(words, far) == "Optionen mit mehr als 128 Zeichen werden gekürzt (7 Zeilen: 2, 3, …)"
    assert note(words_for("en"), far) == str(far)
