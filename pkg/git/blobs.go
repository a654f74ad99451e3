package git

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// wholeAtOnce is up to which size a content is read whole, through the one
// process that serves all. A larger one gets a process of its own, which is
// stopped when enough of it was read.
const wholeAtOnce = 16 << 20

// blobs reads contents by their ids.
type blobs struct {
	repository *repository
	mu         sync.Mutex
	server     *server // nil: not started, or ended by an error
}

func (b *blobs) open(e *entry) (io.ReadCloser, error) {
	switch {
	case e.size < 0:
		return nil, absent(nil)
	case e.size > wholeAtOnce:
		return b.stream(e.id)
	}
	data, err := b.read(e.id)
	return io.NopCloser(bytes.NewReader(data)), err
}

func (b *blobs) read(id string) (data []byte, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.server == nil {
		if b.server, err = serve(b.repository.command("cat-file", "--batch")); err != nil {
			return nil, b.repository.failure(err)
		}
	}
	data, err = b.server.read(id)
	if err == nil || errors.As(err, new(*Error)) {
		return data, err
	}
	if said := b.server.end(); said != "" { // its answers can no longer be told apart
		err = &exec.ExitError{Stderr: []byte(said)}
	}
	b.server = nil
	return nil, b.repository.failure(err)
}

func (b *blobs) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.server != nil {
		b.server.end()
		b.server = nil
	}
	return nil
}

// stream reads a content as far as its reader goes.
func (b *blobs) stream(id string) (io.ReadCloser, error) {
	c := b.repository.command("cat-file", "blob", id)
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		return nil, b.repository.failure(err)
	}
	return &stream{out, c}, nil
}

// stream is a content that a process of its own writes.
type stream struct {
	io.Reader
	process *exec.Cmd
}

// Close stops the process, whether it is done or not.
func (s *stream) Close() error {
	_ = s.process.Process.Kill() // it may have ended by itself
	_ = s.process.Wait()
	return nil
}

// server is a `git cat-file --batch`: an id goes in, a content comes out.
type server struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	talk    bytes.Buffer
}

func serve(c *exec.Cmd) (*server, error) {
	s := &server{process: c}
	c.Stderr = &s.talk
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.in, s.out = in, bufio.NewReader(out)
	return s, c.Start()
}

// read asks for one content: `ID blob SIZE`, a line break, the content, a line
// break; or `ID missing`.
func (s *server) read(id string) ([]byte, error) {
	if _, err := fmt.Fprintln(s.in, id); err != nil {
		return nil, err
	}
	head, err := s.out.ReadString('\n')
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(head)
	if len(fields) == 2 && fields[1] == "missing" {
		return nil, absent(nil)
	}
	if len(fields) != 3 {
		return nil, errAnswer
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil || size < 0 || size > wholeAtOnce {
		return nil, errAnswer
	}
	data := make([]byte, size+1)
	_, err = io.ReadFull(s.out, data)
	return data[:size], err
}

// end stops the process and returns what it complained of.
func (s *server) end() string {
	_ = s.in.Close() // it may be closed already
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
	return s.talk.String()
}

var errAnswer = errors.New("an answer that is none")
