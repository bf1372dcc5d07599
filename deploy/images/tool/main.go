// Command image writes a container image as a docker archive from folders, without a registry and without a container
// engine. The same input gives the same bytes: entries are sorted, owned by 0:0, dated alike and stripped of all modes
// but "executable" and a folder's sticky bit.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

// list is a flag that may be given several times.
type list []string

func (l *list) String() string { return strings.Join(*l, " ") }

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

func main() {
	var request request
	var layers, entrypoint, command, env, labels, ports list
	flag.StringVar(&request.output, "output", "", "archive to write")
	flag.StringVar(&request.tag, "tag", "", "name of the image, such as squall-runner:dev")
	flag.StringVar(&request.base, "base", "", "docker archive of the image to build on (default: an empty image)")
	flag.Var(&layers, "layer", "folder whose content becomes a layer; may be repeated, the lowest first")
	flag.Var(&entrypoint, "entrypoint", "one word of the entrypoint; may be repeated")
	flag.Var(&command, "command", "one word of the default arguments; may be repeated")
	flag.Var(&env, "env", "NAME=VALUE in the environment; may be repeated")
	flag.Var(&labels, "label", "NAME=VALUE among the labels; may be repeated")
	flag.Var(&ports, "port", "port that the program listens on, such as 8080; may be repeated")
	flag.StringVar(&request.user, "user", "65532:65532", "user and group, by number (a pod with runAsNonRoot refuses names)")
	flag.StringVar(&request.workdir, "workdir", "/", "folder that the program starts in")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), "usage: image -output FILE.tar -tag NAME:TAG [-base FILE.tar] -layer FOLDER…\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	if request.output == "" || request.tag == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	request.layers, request.entrypoint, request.command = layers, entrypoint, command
	request.env, request.labels, request.ports = env, labels, ports
	if err := write(request); err != nil {
		fmt.Fprintf(os.Stderr, "image: %s: %v\n", request.tag, err)
		os.Exit(1)
	}
	fmt.Println(request.output)
}
