"""`python -m vcore`: the model from a command line."""

import sys

from vcore.command_line.parser import main

sys.exit(main())
