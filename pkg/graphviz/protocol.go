package graphviz

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The two ends talk in frames: four bytes of length, big-endian, then as many
// bytes of content.
//
//	server, once:  "corridor-graphviz 1 <version>"
//	client:        engine, format, DOT
//	server:        "ok", picture   or   "error", one line of text
//
// The number in the greeting is raised with every change of this description.
const (
	protocol      = "corridor-graphviz"
	protocolLevel = "1"

	statusOK    = "ok"
	statusError = "error"

	maxWord  = 1 << 10  // bytes of a greeting, an engine, a format, a status
	maxFrame = 64 << 20 // bytes of a DOT text or a picture
)

var (
	errTooLarge = errors.New("a message is larger than the pipe allows")
	errGreeting = errors.New("it does not speak with corridor")
)

// send writes each part as a frame, all of them in one write.
func send(w io.Writer, parts ...[]byte) error {
	var message []byte
	for _, part := range parts {
		if len(part) > maxFrame {
			return errTooLarge
		}
		message = binary.BigEndian.AppendUint32(message, uint32(len(part)))
		message = append(message, part...)
	}
	_, err := w.Write(message)
	return err
}

// receive reads one frame of at most limit bytes. The error is io.EOF only when
// r ends before the frame begins. Memory grows with what really arrives, not
// with what the length promises.
func receive(r io.Reader, limit uint32) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size > limit {
		return nil, errTooLarge
	}
	part, err := io.ReadAll(io.LimitReader(r, int64(size)))
	if err == nil && len(part) < int(size) {
		err = io.ErrUnexpectedEOF
	}
	return part, err
}

// midway turns the end of input inside a message into an error of its own.
func midway(part []byte, err error) ([]byte, error) {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return part, err
}

func sendGreeting(w io.Writer, version string) error {
	return send(w, []byte(protocol+" "+protocolLevel+" "+version))
}

// receiveGreeting returns the version of the server. Where its protocol is
// another, the version says so and thus equals no version of ours.
func receiveGreeting(r io.Reader) (string, error) {
	greeting, err := receive(r, maxWord)
	if err != nil {
		return "", err
	}
	name, rest, _ := strings.Cut(string(greeting), " ")
	level, version, complete := strings.Cut(rest, " ")
	if name != protocol || !complete {
		return "", errGreeting
	}
	if level != protocolLevel {
		version = fmt.Sprintf("%s (protocol %s)", version, level)
	}
	return firstLine(version), nil
}

func sendRequest(w io.Writer, request Request) error {
	return send(w, []byte(request.Engine), []byte(request.Format), request.DOT)
}

// receiveRequest returns io.EOF only when the client has closed the pipe
// between two requests.
func receiveRequest(r io.Reader) (Request, error) {
	engine, err := receive(r, maxWord)
	if err != nil {
		return Request{}, err
	}
	format, err := midway(receive(r, maxWord))
	if err != nil {
		return Request{}, err
	}
	dot, err := midway(receive(r, maxFrame))
	return Request{Engine: string(engine), Format: string(format), DOT: dot}, err
}

// sendAnswer sends the picture, or the first line of what went wrong.
func sendAnswer(w io.Writer, picture []byte, problem error) error {
	if problem != nil {
		return send(w, []byte(statusError), []byte(firstLine(problem.Error())))
	}
	return send(w, []byte(statusOK), picture)
}

// receiveAnswer returns the picture; a [DrawError] if the server sent one.
func receiveAnswer(r io.Reader) ([]byte, error) {
	status, err := midway(receive(r, maxWord))
	if err != nil {
		return nil, err
	}
	content, err := midway(receive(r, maxFrame))
	switch {
	case err != nil:
		return nil, err
	case string(status) == statusError:
		return nil, &DrawError{Reason: firstLine(string(content))}
	case string(status) != statusOK:
		return nil, errGreeting
	}
	return content, nil
}
