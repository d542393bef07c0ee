"""Empty files with the columns a load understands, to fill in: one workbook, or a CSV file each."""

from __future__ import annotations

import io
import zipfile

import streamlit as st

from ui.theme import plain
from vcore.facts.domains import NeedModel
from vcore.ingest import template
from vcore.ingest.layouts.contract import contract
from vcore.ingest.template_workbook import template_workbook
from vcore.settings import settings


def draw() -> None:
    """The two files, and what is in them."""
    needs = settings().needs
    st.write(
        "Needs, costs and what the statutory return does not hold come in files of your own. Fill in either of these; "
        "SSDA903 returns go beside them as they are. Files are known by their columns, so names and order do not "
        "matter, and other columns are ignored and listed."
    )
    with st.container(horizontal=True):
        st.download_button(
            "Workbook (XLSX)",
            key="template-xlsx",
            data=lambda: template_workbook(needs),
            file_name="care-value-template.xlsx",
            on_click="ignore",
            type="primary",
        )
        st.download_button(
            "CSV files (ZIP)",
            key="template-zip",
            data=lambda: archive(needs),
            file_name="care-value-templates.zip",
            on_click="ignore",
        )
    st.caption(
        "The workbook has a sheet for each file, drop-downs for codes, and a sheet that explains every column."
    )
    for layout in contract(needs):
        with st.expander(plain(f"{layout.name}: {', '.join(layout.columns)}")):
            st.write(plain(layout.meaning))
            for field in layout.fields:
                st.markdown(f"**{plain(field.name)}**: {plain(f'{field.meaning}. {field.need.value}.')}")


def archive(needs: NeedModel) -> bytes:
    """A CSV file of headers for each file of the contract, and the data dictionary, in a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for layout in contract(needs):
            # the mark tells Excel that the file is UTF-8
            packed.writestr(template.file_name(layout), "\ufeff" + ",".join(layout.columns) + "\n")
        packed.writestr(template.DICTIONARY, template.data_dictionary(needs))
    return out.getvalue()
