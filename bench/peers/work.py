"""What a peer's function returns: the ways to do one row's work, and the exact result."""
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Work:
    """new: name -> call that returns its result in new memory. A call with a method window(times) times itself. out: name -> call that writes into memory it was given (the array is its result).
    exact: the same in float64: an array or a list. error: for results that are not unique (signs of vectors): list of results -> error; replaces the comparison.
    fresh: for work that changes state: begins anew and returns the call."""
    new: dict[str, Callable]
    exact: Callable | None = None
    out: dict[str, Callable] = field(default_factory=dict)
    error: Callable | None = None
    fresh: Callable | None = None
