package main

import (
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/embed"
)

// etcdCommand is a one-member etcd for a cluster that lives minutes: it never waits for the disk.
func etcdCommand() *cobra.Command {
	var dataDir, clientURL, peerURL string
	command := &cobra.Command{
		Use:          "etcd",
		Short:        "A one-member etcd that does not survive a power cut",
		SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			client, err := url.Parse(clientURL)
			if err != nil {
				return fmt.Errorf("--client-url: %w", err)
			}
			peer, err := url.Parse(peerURL)
			if err != nil {
				return fmt.Errorf("--peer-url: %w", err)
			}
			config := embed.NewConfig()
			config.Dir = dataDir
			config.UnsafeNoFsync = true
			config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{*client}, []url.URL{*client}
			config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{*peer}, []url.URL{*peer}
			config.InitialCluster = config.InitialClusterFromName(config.Name)
			config.LogLevel = "warn"
			server, err := embed.StartEtcd(config)
			if err != nil {
				return fmt.Errorf("start etcd in %s: %w", dataDir, err)
			}
			defer server.Close()
			stop := make(chan os.Signal, 1)
			signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
			select {
			case <-stop:
				return nil
			case err := <-server.Err():
				return fmt.Errorf("etcd in %s: %w", dataDir, err)
			}
		},
	}
	command.Flags().StringVar(&dataDir, "data-dir", "", "folder of the data; made if missing")
	command.Flags().StringVar(&clientURL, "client-url", "http://127.0.0.1:2379", "address that the API server calls")
	command.Flags().StringVar(&peerURL, "peer-url", "http://127.0.0.1:2380", "address for other members (there are none)")
	_ = command.MarkFlagRequired("data-dir")
	return command
}
