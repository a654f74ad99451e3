package convert

var mermaid = Format{
	Name: "mermaid", Title: "Mermaid journey diagram", Endings: []string{".mmd", ".mermaid"},
	detect: func(string, []byte) bool { return false },
}
