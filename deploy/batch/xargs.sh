#!/bin/sh
# deploy/batch/xargs.sh N PILE…   A fixed pile in N processes on this machine, into any store. One process uses all cores by itself: this is
# for piles of pages, where one process reads a file no faster than it unpacks.
n=$1
shift
seq "$n" | xargs -P "$n" -I '{}' saidgraph load "$@" --shard '{}'"/$n" --workers 1 --log text
