"""The app that Streamlit runs: `kb app`, or `streamlit run app.py`."""

from kb.views.shell import main

main()
