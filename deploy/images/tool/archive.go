package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// request says what the image holds and how it starts.
type request struct {
	output, tag, base  string
	layers             []string
	entrypoint         []string
	command            []string
	env, labels, ports []string
	user, workdir      string
}

// write makes the image and moves it to its place in one step, so a reader never meets half an archive.
func write(r request) error {
	tag, err := name.NewTag(r.tag)
	if err != nil {
		return fmt.Errorf("tag: %w", err)
	}
	image := empty.Image
	if r.base != "" {
		if image, err = tarball.ImageFromPath(r.base, nil); err != nil {
			return fmt.Errorf("base %s: %w", r.base, err)
		}
	}
	scratch, err := os.MkdirTemp(filepath.Dir(r.output), ".image-*")
	if err != nil {
		return fmt.Errorf("make the output's folder first: %w", err)
	}
	defer os.RemoveAll(scratch)
	for i, folder := range r.layers {
		file := filepath.Join(scratch, fmt.Sprintf("layer-%d.tar", i))
		if err := writeLayer(file, folder); err != nil {
			return fmt.Errorf("layer %s: %w", folder, err)
		}
		layer, err := tarball.LayerFromFile(file, tarball.WithCompressedCaching)
		if err != nil {
			return fmt.Errorf("layer %s: %w", folder, err)
		}
		image, err = mutate.Append(image, mutate.Addendum{
			Layer:   layer,
			History: v1.History{Created: v1.Time{Time: stamp}, CreatedBy: "squall image"},
		})
		if err != nil {
			return fmt.Errorf("layer %s: %w", folder, err)
		}
	}
	if image, err = configured(image, r); err != nil {
		return err
	}
	archive := filepath.Join(scratch, "image.tar")
	if err := tarball.WriteToFile(archive, tag, image); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return os.Rename(archive, r.output)
}

// configured is the image with what the request says of its start; what the request leaves open stays as in the base.
func configured(image v1.Image, r request) (v1.Image, error) {
	file, err := image.ConfigFile()
	if err != nil {
		return nil, fmt.Errorf("configuration of the base: %w", err)
	}
	file = file.DeepCopy()
	file.OS, file.Architecture, file.Created = "linux", "amd64", v1.Time{Time: stamp}
	config := &file.Config
	config.User, config.WorkingDir = r.user, r.workdir
	if len(r.entrypoint) > 0 {
		config.Entrypoint, config.Cmd = r.entrypoint, nil
	}
	if len(r.command) > 0 {
		config.Cmd = r.command
	}
	config.Env = append(config.Env, r.env...)
	for _, label := range r.labels {
		key, value, found := strings.Cut(label, "=")
		if !found {
			return nil, fmt.Errorf("label %q: write NAME=VALUE", label)
		}
		if config.Labels == nil {
			config.Labels = map[string]string{}
		}
		config.Labels[key] = value
	}
	for _, port := range r.ports {
		if config.ExposedPorts == nil {
			config.ExposedPorts = map[string]struct{}{}
		}
		config.ExposedPorts[port+"/tcp"] = struct{}{}
	}
	return mutate.ConfigFile(image, file)
}
