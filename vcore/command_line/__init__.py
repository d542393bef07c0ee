"""The command line: the one place where the model and the ledger of people meet.

Every command returns its exit code: 0 done, 1 refused with the reason printed; argparse gives 2 for wrong
usage. Nothing here computes.
"""
