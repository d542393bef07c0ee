"""Where keys are kept, and what is remembered of an authority's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import NEEDS
from vcore.errors import RefusedLoad
from vcore.ingest import load_key
from vcore.ingest.mapping import Mapping, TableMapping
from vcore.store.folder import DataFolder, key_home
from vcore.store.mappings import keep_mapping, kept_mapping

COSTS = TableMapping(layout="Costs", columns={"Ref": "CHILD", "Fee": "WEEKLY_COST"}, seen_in=("march.csv",))


@pytest.mark.parametrize(
    ("system", "environment", "within"),
    [
        ("posix", {"LOCALAPPDATA": "/profile"}, "store"),
        ("nt", {"LOCALAPPDATA": "/profile", "USERPROFILE": "/other"}, "/profile"),
        ("nt", {"USERPROFILE": "/other"}, "/other"),
        ("nt", {}, "store"),
    ],
)
def test_keys_are_beside_the_states_or_on_windows_in_the_user_s_profile(system, environment, within):
    assert key_home(Path("store"), system, environment).is_relative_to(within)


def test_each_data_folder_has_keys_of_its_own_on_windows():
    homes = {key_home(Path(name), "nt", {"LOCALAPPDATA": "/profile"}) for name in ("a", "b", "./a")}
    assert len(homes) == 2


def test_a_key_lies_outside_every_state_and_part(tmp_path):
    folder = DataFolder(tmp_path)
    load_key(folder.keys / "pseudonyms.key")
    (key,) = tmp_path.rglob("pseudonyms.key")
    assert not key.is_relative_to(folder.states) and not key.is_relative_to(tmp_path / "parts")
    assert (key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_mapping_is_remembered_for_its_authority_alone_and_without_file_names(tmp_path):
    folder = DataFolder(tmp_path)
    assert kept_mapping(folder, "North", NEEDS) == Mapping()
    keep_mapping(folder, "North", Mapping(tables=(COSTS,)), NEEDS)
    assert kept_mapping(folder, "North", NEEDS).tables == (COSTS.model_copy(update={"seen_in": ()}),)
    assert kept_mapping(folder, "South", NEEDS) == Mapping()
    assert not any(b"march" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_table_confirmed_anew_takes_the_place_of_the_old_and_others_stay(tmp_path):
    folder = DataFolder(tmp_path)
    other = TableMapping(layout="OC2", columns={"Ref": "CHILD", "SDQ": "SDQ_SCORE"})
    keep_mapping(folder, "North", Mapping(tables=(COSTS, other)), NEEDS)
    changed = TableMapping(layout="Costs", columns={"fee": None, "REF": "CHILD"})
    left_out = TableMapping(layout=None, columns={"12345678": None})  # not ours, so perhaps not even a header
    keep_mapping(folder, "North", Mapping(tables=(changed, left_out)), NEEDS)
    assert kept_mapping(folder, "North", NEEDS).tables == (other, changed)


def test_what_an_interrupted_keeping_leaves_does_not_stop_the_next_load(tmp_path):
    folder = DataFolder(tmp_path)
    keep_mapping(folder, "North", Mapping(tables=(COSTS,)), NEEDS)
    (tmp_path / ".mapping.json").write_text("{")
    with folder.writing():
        folder.sweep()
    assert keep_mapping(folder, "North", Mapping(), NEEDS).tables[0].layout == "Costs"


def test_a_kept_mapping_changed_by_hand_is_refused_in_a_sentence_and_replaced_by_the_next(tmp_path):
    folder = DataFolder(tmp_path)
    keep_mapping(folder, "North", Mapping(tables=(COSTS,)), NEEDS)
    folder.part("North", "mapping.json").write_text('{"tabels": []}')
    with pytest.raises(RefusedLoad, match=r"'tabels'.*delete parts/.*/mapping\.json") as refused:
        kept_mapping(folder, "North", NEEDS)
    assert str(tmp_path) not in str(refused.value)
    keep_mapping(folder, "North", Mapping(tables=(COSTS,)), NEEDS)
    assert kept_mapping(folder, "North", NEEDS).tables[0].layout == "Costs"
