package main

import (
	"archive/tar"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

func TestTheSameFilesGiveTheSameBytesWhateverTheirDatesModesAndOrder(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	put(t, first, "b/program", 0o700, time.Unix(1, 0))
	put(t, first, "a", 0o600, time.Unix(2, 0))
	put(t, second, "a", 0o644, time.Unix(3, 0))
	put(t, second, "b/program", 0o755, time.Unix(4, 0))
	if !bytes.Equal(archiveOf(t, first), archiveOf(t, second)) {
		t.Error("two archives of the same files differ")
	}
}

func TestAnImageHoldsItsFilesAndItsStart(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, "bin/program", 0o755, time.Now())
	put(t, folder, "etc/conf", 0o600, time.Now())
	if err := os.Mkdir(filepath.Join(folder, "tmp"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(folder, "tmp"), 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("bin/program", filepath.Join(folder, "start")); err != nil {
		t.Fatal(err)
	}
	image := open(t, request{
		layers: []string{folder}, entrypoint: []string{"/bin/program", "--flag"}, env: []string{"A=1"},
		labels: []string{"part=test"}, ports: []string{"8080"}, user: "65532:65532", workdir: "/bin",
	})
	config, err := image.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if got := config.Config; !slices.Equal(got.Entrypoint, []string{"/bin/program", "--flag"}) ||
		got.User != "65532:65532" || got.WorkingDir != "/bin" || got.Labels["part"] != "test" || len(got.ExposedPorts) != 1 {
		t.Errorf("configuration: %+v", got)
	}
	modes := map[string]int64{}
	for _, header := range headers(t, image) {
		modes[header.Name] = header.Mode
		if header.Uid != 0 || header.Gid != 0 || !header.ModTime.Equal(stamp) {
			t.Errorf("%s: owner %d:%d, date %s", header.Name, header.Uid, header.Gid, header.ModTime)
		}
	}
	for entry, mode := range map[string]int64{"bin": 0o755, "bin/program": 0o755, "etc/conf": 0o644, "tmp": 0o1777, "start": 0o777} {
		if modes[entry] != mode {
			t.Errorf("%s: mode %o, want %o", entry, modes[entry], mode)
		}
	}
}

func TestALayerOnABaseKeepsTheBase(t *testing.T) {
	lower, upper := t.TempDir(), t.TempDir()
	put(t, lower, "lower", 0o644, time.Now())
	put(t, upper, "upper", 0o644, time.Now())
	base := filepath.Join(t.TempDir(), "base.tar")
	if err := write(request{output: base, tag: "base:1", layers: []string{lower}, env: []string{"BASE=1"}}); err != nil {
		t.Fatal(err)
	}
	image := open(t, request{base: base, layers: []string{upper}, env: []string{"UPPER=1"}})
	config, err := image.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(config.Config.Env, []string{"BASE=1", "UPPER=1"}) || len(headers(t, image)) != 2 {
		t.Errorf("environment %v, %d files", config.Config.Env, len(headers(t, image)))
	}
}

func TestAnImageThatCannotBeMadeLeavesNoFile(t *testing.T) {
	output := filepath.Join(t.TempDir(), "image.tar")
	if err := write(request{output: output, tag: "x:1", layers: []string{"/does/not/exist"}}); err == nil {
		t.Fatal("a missing folder became a layer")
	}
	if left, _ := filepath.Glob(filepath.Dir(output) + "/*"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func put(t *testing.T, folder, path string, mode os.FileMode, date time.Time) {
	t.Helper()
	file := filepath.Join(folder, path)
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(path), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, date, date); err != nil {
		t.Fatal(err)
	}
}

func archiveOf(t *testing.T, folder string) []byte {
	t.Helper()
	output := filepath.Join(t.TempDir(), "image.tar")
	if err := write(request{output: output, tag: "test:1", layers: []string{folder}}); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func open(t *testing.T, r request) v1.Image {
	t.Helper()
	r.output, r.tag = filepath.Join(t.TempDir(), "image.tar"), "test:1"
	if err := write(r); err != nil {
		t.Fatal(err)
	}
	image, err := tarball.ImageFromPath(r.output, nil)
	if err != nil {
		t.Fatal(err)
	}
	return image
}

func headers(t *testing.T, image v1.Image) []*tar.Header {
	t.Helper()
	content := mutate.Extract(image)
	defer content.Close()
	var found []*tar.Header
	for archive := tar.NewReader(content); ; {
		header, err := archive.Next()
		if err == io.EOF {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, header)
	}
}
