module squall.dev/test-target

go 1.26
