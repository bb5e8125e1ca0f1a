module saidgraph

go 1.26
