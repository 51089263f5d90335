"""Serve the app, as `python -m streamlit` does with the same words, and make ready before anybody comes."""

from streamlit.web import cli

from kb.views import root, warming

if __name__ == "__main__":
    root.tell()
    warming.begin()
    cli.main(prog_name="streamlit")
