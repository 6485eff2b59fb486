"""An instance as the JSON that goes to a worker and comes back."""

from __future__ import annotations

import msgspec

from services.scheduling.planning.instance import BadInstance, Instance, Problem
from services.scheduling.planning.validate import validated

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Instance)


def to_json(instance: Instance) -> bytes:
    return _encoder.encode(instance)


def from_json(raw: bytes | str) -> Instance:
    """Raises BadInstance where the document is no instance or is wrong within."""
    try:
        instance = _decoder.decode(raw)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise BadInstance([Problem("document", str(error), "Send a planning instance as documented.")]) from error
    return validated(instance)
