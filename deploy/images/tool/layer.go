package main

import (
	"archive/tar"
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// stamp is the date of every file in every image. It is not 0, which the JVM's AOT cache reads as "no date", and it is
// the date that the jars must carry while an AOT cache is trained: the JVM refuses a cache whose jars have another one.
var stamp = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// writeLayer packs a folder's content. WalkDir visits in lexical order, so the order is the same everywhere.
// Devices, pipes and sockets are left out: a container runtime makes its own.
func writeLayer(file, folder string) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	buffered := bufio.NewWriterSize(out, 1<<20)
	archive := tar.NewWriter(buffered)
	root, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return err
	}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return addEntry(archive, path, relative, info)
	})
	if err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	return out.Close()
}

func addEntry(archive *tar.Writer, path, relative string, info fs.FileInfo) error {
	header := &tar.Header{Name: filepath.ToSlash(relative), ModTime: stamp, Format: tar.FormatPAX}
	switch mode := info.Mode(); {
	case mode.IsDir():
		header.Typeflag, header.Name, header.Mode = tar.TypeDir, header.Name+"/", 0o755
		if mode&fs.ModeSticky != 0 {
			header.Mode = 0o1777
		}
	case mode&fs.ModeSymlink != 0:
		target, err := os.Readlink(path)
		if err != nil {
			return err
		}
		header.Typeflag, header.Linkname, header.Mode = tar.TypeSymlink, target, 0o777
	case mode.IsRegular():
		header.Typeflag, header.Size, header.Mode = tar.TypeReg, info.Size(), 0o644
		if mode&0o100 != 0 {
			header.Mode = 0o755
		}
	default:
		return nil
	}
	if err := archive.WriteHeader(header); err != nil {
		return fmt.Errorf("%s: %w", relative, err)
	}
	if header.Typeflag != tar.TypeReg {
		return nil
	}
	content, err := os.Open(path)
	if err != nil {
		return err
	}
	defer content.Close()
	if _, err := io.Copy(archive, content); err != nil {
		return fmt.Errorf("%s: %w", relative, err)
	}
	return nil
}
