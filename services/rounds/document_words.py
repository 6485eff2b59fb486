"""What can be wrong with a document that people write by hand, in the words of `shared/catalogue/document.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from services.rounds.protocols.model import Bilingual
from shared.wording import Language, Wording

Code = Literal[
    "too_long", "too_deep", "reference", "unprintable", "not_utf8", "no_protocol", "no_mapping", "yaml_value",
    "yaml_colon", "yaml_end", "yaml_bracket", "yaml_sign", "yaml_indent", "yaml_twice", "yaml", "missing",
    "unknown_protocol_word",
    "unknown_mapping_word", "none_of", "pattern", "wrong_type", "empty", "named_empty", "less", "more", "longer",
    "schema", "twice", "artefact_unused", "rounds_parts", "people_most", "parts_more_than_people", "nobody_takes_rest",
    "one_takes_rest", "rotate_without_swap", "swap_without_rotate", "rounds_no_feedback", "feedback_off", "no_role",
    "no_artefact", "no_earlier_stage", "no_meaning_in_free_order", "rounds_stages", "rounds_act",
    "no_artefact_nor_fact", "not_written_by_then", "does_not_write", "not_everybody_writes", "written_once",
    "one_for_all", "one_not_many", "shared_by_author", "list_fields", "list_in_list", "choice_options", "scale_ends",
    "most_below_least", "mapping_wrong_type", "column_words", "mapping_schema", "not_imported", "no_look_for",
    "no_such_answer", "product_key", "next_version", "rounds_walk_another", "other_key", "bad_key",
]  # fmt: skip
Part = Literal["this", "type_string", "type_integer", "type_array", "type_object", "type_boolean"]
Value = str | int | Bilingual


class Wrong(NamedTuple):
    """A code, and what its sentence names; what itself has words in both languages comes as a pair."""

    code: Code
    values: Mapping[str, Value] = {}


def wrong(code: Code, **values: Value) -> Wrong:
    return Wrong(code, values)


def part(code: Part) -> Bilingual:
    """A piece of a sentence, in both languages."""
    return _both(code, {})


def sentence(found: Wrong) -> Bilingual:
    return _both(found.code, found.values)


def in_line(line: int, said: Bilingual) -> Bilingual:
    """`Line 3: ...`"""
    return _both("line", {"line": line, "said": said})


def mend() -> Bilingual:
    return _both("correct_lines", {})


def _both(key: str, values: Mapping[str, Value]) -> Bilingual:
    def of(language: Language) -> str:
        filled = {k: getattr(v, language) if isinstance(v, Bilingual) else v for k, v in values.items()}
        text = Wording(language).t(f"document.{key}", **filled)
        return (text[0].upper() + text[1:] if key not in _PARTS else text)[:_LONGEST]

    return Bilingual(en=of("en"), es=of("es"))


_PARTS = frozenset(get_args(Part))
_LONGEST = 2000  # characters of a sentence, which may quote a long value
