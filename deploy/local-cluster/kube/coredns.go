package main

import (
	"fmt"
	"os"

	"github.com/coredns/caddy"
	_ "github.com/coredns/coredns/core/dnsserver" // the server type "dns"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/template"
	"github.com/spf13/cobra"
)

// corednsCommand is CoreDNS with the few plugins that a cluster without a way out needs. It stands in for CoreDNS's own
// main, whose package adds its flags to those of every other component.
func corednsCommand() *cobra.Command {
	var corefile string
	command := &cobra.Command{
		Use:          "coredns",
		Short:        "The cluster's DNS server",
		SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			contents, err := os.ReadFile(corefile)
			if err != nil {
				return fmt.Errorf("read --conf: %w", err)
			}
			caddy.Quiet = true
			caddy.TrapSignals()
			server, err := caddy.Start(caddy.CaddyfileInput{Contents: contents, Filepath: corefile, ServerTypeName: "dns"})
			if err != nil {
				return fmt.Errorf("start CoreDNS with %s: %w", corefile, err)
			}
			server.Wait()
			return nil
		},
	}
	command.Flags().StringVar(&corefile, "conf", "Corefile", "CoreDNS's configuration")
	return command
}
