"""What a protocol document may say. The JSON schema that authors' editors use is made of these classes.

A document names the people, the stages with who acts in them, the artefacts with their typed fields and readers,
and what must be there before a stage opens or is left. `docs/protocols.md` is written from the descriptions here.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.said import Said

Model = Literal[
    "instructional-rounds",
    "peer-observation",
    "cognitive-coaching",
    "lesson-study",
    "growing-expertise",
    "reflective-practice",
]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
EVERYONE = "everyone"
AUTHOR = "author"
Kind = Literal[
    "words", "text", "choice", "choices", "scale", "number", "date", "minute", "alias", "person", "counts", "items"
]


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(_Document):
    """The same sentence in the languages of the product."""

    en: str = Field(min_length=1, max_length=2000, description="in English")
    es: str = Field(min_length=1, max_length=2000, description="in Spanish")

    @property
    def said(self) -> Said:
        return Said(self.en, self.es)


class PersonRole(_Document):
    """A part that people of a cycle take."""

    id: Id = Field(description="how stages and artefacts name it")
    title: Bilingual = Field(description="how people read it")
    takes: Literal["one", "rest"] = Field("rest", description="one person, or everybody who has no other part")
    training: Id | None = Field(None, description="training that a person must have recorded to take the part")


class NamedTraining(_Document):
    """A training that a part may need, in words: leaders choose it by them when they record who took it."""

    id: Id = Field(description="how a part names it")
    title: Bilingual = Field(description="how people read it")


class People(_Document):
    """Who runs a cycle together."""

    least: int = Field(ge=1, le=6, description="people needed before the agreement is signed")
    most: int = Field(ge=1, le=40, description="people at most")
    roles: tuple[PersonRole, ...] = Field(min_length=1, max_length=6, description="the parts they take")
    rotate: bool = Field(False, description="whether the parts go round at a stage that swaps them")


class Option(_Document):
    """One answer of a choice."""

    id: Id = Field(description="what is stored")
    label: Bilingual = Field(description="what is read")


class PlainField(_Document):
    """A typed field of an artefact or of one of its items."""

    id: Id = Field(description="what is stored")
    kind: Kind = Field(
        description="words (a line), text, choice, choices, scale, number, date, minute, alias (a case "
        "student, never a name), person (of the cycle), counts (aggregate counts by CSV), items (a list)"
    )
    label: Bilingual = Field(description="what is asked")
    hint: Bilingual | None = Field(None, description="a sentence of help")
    required: bool = Field(False, description="whether a ready artefact must fill it")
    options: tuple[Option, ...] = Field((), max_length=60, description="of choice and choices")
    least: int | None = Field(None, ge=0, description="smallest scale or number; fewest items or choices")
    most: int | None = Field(None, ge=1, description="largest scale or number; most items or choices")


class ArtefactField(PlainField):
    """A field of an artefact; a list (`items`) has fields of its own."""

    fields: tuple[PlainField, ...] = Field((), max_length=12, description="of each item of a list")


class Artefact(_Document):
    """Something that people write in a stage."""

    id: Id = Field(description="how conditions name it")
    title: Bilingual = Field(description="its heading")
    about: Bilingual | None = Field(None, description="what it is for")
    fields: tuple[ArtefactField, ...] = Field(min_length=1, max_length=20, description="what it holds")
    written_by: tuple[Id, ...] = Field((EVERYONE,), description="roles that write it, or `everyone`")
    read_by: tuple[Id, ...] = Field((EVERYONE,), description="roles that read it, `everyone` of the cycle, or `author`")
    many: bool = Field(False, description="whether each writer may add several")
    together: bool = Field(
        False, description="one for all: everybody who may write it changes the same one, by version"
    )
    private_until_ready: bool = Field(False, description="others read it only once its author says it is ready")
    shareable: bool = Field(False, description="its author may show it to one colleague, and take that back")
    publishable: bool = Field(False, description="the district may read it once everybody in the cycle agrees")
    check: Literal["specific-and-actionable"] | None = Field(
        None, description="a check that a ready one must pass: feedback cites notes and names a dated next step"
    )


class Condition(_Document):
    """Something that must be there. `have` names an artefact of the protocol or a fact of the engine."""

    have: Id = Field(description="an artefact, `commitments`, or a fact of a round")
    least: int = Field(1, ge=1, le=1000, description="how many")
    by: Id | None = Field(None, description="a role, or `everyone` for each person; left out: by anybody")
    ready: bool = Field(True, description="whether drafts do not count")
    within: Literal["turn", "cycle"] = Field("turn", description="whether earlier turns count")
    code: str | None = Field(None, pattern=r"^[a-z_]+$", description="stable name of the refusal")
    say: Bilingual = Field(description="the sentence that people read while it is missing")


class Question(_Document):
    """A question that may be asked, under a heading of the conversation."""

    region: Id = Field(description="the part of the conversation it belongs to")
    ask: Bilingual = Field(description="the question")


class Stage(_Document):
    """A named part of the cycle."""

    id: Id = Field(description="how moves name it")
    title: Bilingual = Field(description="its heading")
    purpose: Bilingual = Field(description="one sentence: what this part is for")
    acts: tuple[Id, ...] = Field((EVERYONE,), description="roles that open the stage and act in it, or `everyone`")
    artefacts: tuple[Id, ...] = Field((), description="what is written in it")
    optional: bool = Field(False, description="may be passed over (fixed order)")
    repeatable: bool = Field(False, description="may be opened more than once")
    back_to: tuple[Id, ...] = Field((), description="earlier stages that may be opened again from here")
    swaps: bool = Field(False, description="opening it begins a new turn: the parts go round")
    enter_when: tuple[Condition, ...] = Field((), description="what must be there to open it")
    leave_when: tuple[Condition, ...] = Field((), description="what must be there to go on from it")
    prompts: tuple[Bilingual, ...] = Field((), max_length=30, description="sentences that help while it is open")
    questions: tuple[Question, ...] = Field((), max_length=80, description="a bank of questions, by region")


class Cadence(_Document):
    """How often the people of a cycle meet."""

    every_weeks: int = Field(ge=1, le=12, description="weeks between meetings")
    minutes: int = Field(ge=10, le=240, description="length of a meeting")
    meetings: int = Field(ge=1, le=40, description="meetings in a cycle")


class Policies(_Document):
    """Rules that hold for every cycle of the protocol."""

    feedback_to_observed_teacher: bool = Field(description="whether the observed teacher receives feedback")
    on_withdrawal: Literal["erase_all", "erase_own", "keep"] = Field(
        description="what happens to the words when somebody leaves: all of the cycle, those of who leaves, or nothing"
    )
    commitments_belong_to: Id = Field(EVERYONE, description="the role whose commitments they are, or `everyone`")


class Protocol(_Document):
    """A protocol document."""

    key: Id = Field(description="the protocol's name, the same in every version")
    version: int = Field(ge=1, description="1, 2, ...; a published version never changes")
    model: Model = Field(description="which of the six models it is: decides the screens")
    title: Bilingual = Field(description="what people call it")
    about: Bilingual = Field(description="what it is for, in a sentence or two")
    people: People = Field(description="who runs a cycle together")
    trainings: tuple[NamedTraining, ...] = Field((), max_length=12, description="the trainings of the parts, in words")
    order: Literal["fixed", "free"] = Field(description="stages in the order written, or any, none compulsory")
    stages: tuple[Stage, ...] = Field(min_length=1, max_length=20, description="the parts of a cycle")
    artefacts: tuple[Artefact, ...] = Field((), max_length=40, description="what people write")
    norms: tuple[Bilingual, ...] = Field(min_length=1, max_length=12, description="what people agree on to begin with")
    cadence: Cadence | None = Field(None, description="how often they meet; left out: when they choose")
    policies: Policies = Field(description="rules that hold for every cycle")

    @cached_property
    def stage_ids(self) -> tuple[str, ...]:
        return tuple(s.id for s in self.stages)

    def stage(self, id_: str) -> Stage | None:
        return next((s for s in self.stages if s.id == id_), None)

    def artefact(self, id_: str) -> Artefact | None:
        return next((a for a in self.artefacts if a.id == id_), None)

    def training(self, training: str) -> Bilingual:
        """Its words; the id where the protocol does not name it."""
        return next((t.title for t in self.trainings if t.id == training), Bilingual(en=training, es=training))

    def role(self, id_: str) -> PersonRole | None:
        return next((r for r in self.people.roles if r.id == id_), None)
