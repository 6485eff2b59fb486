"""What is wrong with a document is told in both languages, whatever it is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from services.rounds.document_words import Code, Part, part, sentence, wrong
from services.rounds.imports import own
from services.rounds.lined_yaml import DocumentProblem, Unreadable
from services.rounds.protocols.library import texts
from services.rounds.protocols.read import problems, read

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = json.loads((ROOT / "shared" / "catalogue" / "document.json").read_text("utf-8"))
CODES: tuple[Code, ...] = get_args(Code)
PARTS: tuple[Part, ...] = get_args(Part)
PEER = texts()["peer-observation", 1]


def test_the_catalogue_has_words_for_the_codes_and_for_nothing_else() -> None:
    assert set(CATALOGUE) == {*CODES, *PARTS, "line", "correct_lines"}


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_sentence_in_english_and_another_in_spanish_that_name_the_same(code: Code) -> None:
    named = {name: f"“{name}”" for name in re.findall(r"\{(\w+)\}", CATALOGUE[code]["en"])}
    said = sentence(wrong(code, **named))
    assert said.en != said.es
    for words in (said.en, said.es):
        assert words[0].isupper() or not words[0].isalpha(), words
        assert words.endswith((".", "...")), words
        assert "{" not in words, words
        assert all(value in words for value in named.values())


@pytest.mark.parametrize("code", PARTS)
def test_a_piece_of_a_sentence_is_there_in_both(code: Part) -> None:
    assert part(code).en != part(code).es


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_told_somewhere(code: Code) -> None:
    places = [p for p in (ROOT / "services" / "rounds").rglob("*.py") if p.name != "document_words.py"]
    assert any(f'"{code}"' in p.read_text("utf-8") for p in places), "nothing says it: take it out"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PEER.replace("order: fixed", "order: fixt"), "“fixt” no es ninguno de estos: fixed, free."),
        (PEER.replace("rotate: true", "rotates: true"), "«rotates» no es una palabra de los protocolos."),
        (PEER.replace("minutes: 45", "minutes: soon"), "“soon” tiene que ser un número entero."),
        (PEER.replace("order: fixed\n", ""), "Falta «order»."),
        (PEER.replace("by: observer\n        say", "by: visitor\n        say"), "No hay ningún papel «visitor»."),
        (PEER.replace("    swaps: true\n", ""), "Los papeles cambian en una etapa con `swaps`; no hay ninguna."),
        (PEER + "order: free\n", "Esto no es YAML: «order» está dos veces."),
        ("key: 'x", "Esto no es YAML: se abren comillas que no se cierran."),
        ("key: a: b", "Esto no es YAML: hay dos puntos donde no pueden estar"),
        ("key: [1, 2", "Esto no es YAML: se abre un corchete"),
        ("key:\n\t- b", "Esto no es YAML: ningún valor empieza con “\\t”"),
        ("a:\n  - b\n c: 1", "Esto no es YAML: la sangría de esta línea"),
        ("- a", "Un protocolo es una lista de nombres y valores"),
    ],
    ids=lambda text: text[:30].replace("\n", " "),
)
def test_a_protocol_that_does_not_read_is_told_in_spanish_too(text: str, says: str) -> None:
    found = problems(text)
    assert isinstance(found, list)
    assert all(isinstance(p, DocumentProblem) and p.detail == p.say.en for p in found)
    assert any(p.say.es.startswith(says) for p in found), [p.say.es for p in found]


def test_a_refused_document_names_its_lines_in_both_languages() -> None:
    with pytest.raises(Unreadable) as refused:
        read(PEER.replace("order: fixed", "order: fixt"))
    (problem,) = refused.value.extra["problems"]
    assert problem["detail"] == problem["say"]["en"] == f"Line {problem['line']}: “fixt” is none of: fixed, free."
    assert problem["say"]["es"] == f"Línea {problem['line']}: “fixt” no es ninguno de estos: fixed, free."


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        (b"key: \xff", "La correspondencia no está en UTF-8"),
        (b"- a", "Una correspondencia es una lista"),
        (b"key: 1\nbogus: 2", "«bogus» no es una palabra de las correspondencias."),
        (b"title: [a]", "«title» tiene que ser texto."),
        (b"observed_on: {}", "«observed_on»: una columna necesita `starts` o `holds`."),
    ],
)
def test_a_mapping_that_does_not_read_is_told_in_spanish_too(mapping: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        own.read_own(mapping)
    assert any(p.say.es.startswith(says) for p in refused.value.found), [p.say.es for p in refused.value.found]
