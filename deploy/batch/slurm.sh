#!/bin/sh
# sbatch deploy/batch/slurm.sh PILE…   A fixed pile in 16 parts, on as many machines as there are free ones. SAIDGRAPH_STORE must name a store
# that several machines may write to: not SQLite.
#SBATCH --job-name=saidgraph
#SBATCH --array=1-16
#SBATCH --cpus-per-task=4
#SBATCH --mem=1G
#SBATCH --signal=B:TERM@30
#SBATCH --requeue
exec saidgraph load "$@" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_MAX" --workers "$SLURM_CPUS_PER_TASK" --log json
