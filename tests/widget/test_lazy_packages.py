"""Parts and inputs are handed out one by one, and all that are promised are there."""

from __future__ import annotations

from types import ModuleType

import pytest

from desktop.widget import inputs, parts


@pytest.mark.parametrize("package", [inputs, parts], ids=["inputs", "parts"])
def test_every_name_promised_is_there(package: ModuleType) -> None:
    for name in package.__all__:
        assert getattr(package, name).__module__.startswith(f"{package.__name__}.")
    with pytest.raises(AttributeError):
        package.NoSuchPart  # noqa: B018
