"""Reads what a request says, and nothing beyond it: unknown, repeated, oversized and ambiguous input is refused."""

import json
import math
import re
from collections.abc import Iterable
from typing import NoReturn, TypeVar

import msgspec
from msgspec import inspect
from werkzeug.datastructures import MultiDict

from media_library.errors import InvalidInput

T = TypeVar("T")

_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_WHERE = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`$")
_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DIGITS = 18
_MAX_NAME = 64


class Empty(msgspec.Struct, forbid_unknown_fields=True):
    """A request that says nothing beyond its method and path."""


def read_json(data: bytes, shape: type[T]) -> T:
    """The JSON object in ``data`` as a record; raises ``InvalidInput``, naming the field where there is one.

    The text is parsed twice: JSON parsers differ in which of two equal keys they keep, so such a text is refused, and
    only then is it given its types, without any of them being guessed.
    """
    try:
        json.loads(
            data,
            object_pairs_hook=_refuse_repeated_keys,
            parse_constant=_refuse_constant,
            parse_int=_bounded_int,
            parse_float=_bounded_float,
        )
        return msgspec.json.decode(data, type=shape)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error
    except RecursionError as error:
        raise InvalidInput("The request is nested too deeply.") from error
    except (ValueError, msgspec.DecodeError) as error:
        raise InvalidInput("The request is not valid JSON.") from error


def read_query(arguments: MultiDict[str, str], shape: type[T]) -> T:
    """The query parameters as a record; raises ``InvalidInput`` naming the parameter."""
    values: dict[str, str | int | bool] = {}
    integers, booleans = _integer_fields(shape), _boolean_fields(shape)
    for name, texts in arguments.lists():
        if len(texts) != 1:
            raise InvalidInput("This parameter is given more than once.", _shown(name))
        values[name] = texts[0]
        if name in integers:
            if not _INTEGER.fullmatch(texts[0]):
                raise InvalidInput("This parameter must be a whole number.", name)
            values[name] = int(texts[0])
        elif name in booleans:
            if texts[0] not in _BOOLEANS:
                raise InvalidInput("This parameter must be true or false.", name)
            values[name] = _BOOLEANS[texts[0]]
    try:
        return msgspec.convert(values, shape, strict=True)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error


def _integer_fields(shape: type) -> frozenset[str]:
    described = inspect.type_info(shape)
    assert isinstance(described, inspect.StructType)
    return frozenset(field.encode_name for field in described.fields if _is_integer(field.type))


def _boolean_fields(shape: type) -> frozenset[str]:
    described = inspect.type_info(shape)
    assert isinstance(described, inspect.StructType)
    return frozenset(field.encode_name for field in described.fields if isinstance(field.type, inspect.BoolType))


def _is_integer(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _is_integer(kind.type)
    if isinstance(kind, inspect.UnionType):
        return any(_is_integer(member) for member in kind.types)
    if isinstance(kind, inspect.LiteralType):
        return all(isinstance(value, int) for value in kind.values)
    return isinstance(kind, inspect.IntType)


def _refuse_repeated_keys(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise InvalidInput("This field is given more than once.", _shown(name))
        found[name] = value
    return found


def _refuse_constant(text: str) -> NoReturn:
    raise InvalidInput(f"{text} is not a number.")


def _bounded_int(text: str) -> int:
    if len(text.lstrip("-")) > _DIGITS:
        raise InvalidInput("The request contains a number that is too large.")
    return int(text)


def _bounded_float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise InvalidInput("The request contains a number that is too large.")
    return value


def _invalid(error: msgspec.ValidationError) -> InvalidInput:
    """What is wrong, in words, and the field that is at fault."""
    text = str(error)
    where = _WHERE.search(text)
    place = where[1] if where else ""
    reason = text[: where.start()] if where else text
    if unknown := _UNKNOWN.search(reason):
        return InvalidInput("There is no such field.", _shown(unknown[1]))
    if missing := _MISSING.search(reason):
        return InvalidInput("This field is missing.", missing[1])
    return InvalidInput(reason.replace("`", "") + ".", _shown(place) or None)


def _shown(name: str) -> str:
    """A name that somebody else chose, fit to be shown: short, and without what cannot be printed."""
    return "".join(character if character.isprintable() else "�" for character in name[:_MAX_NAME])
