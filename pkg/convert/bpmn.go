package convert

var bpmn = Format{
	Name: "bpmn", Title: "BPMN 2.0 XML", Endings: []string{".bpmn", ".bpmn2", ".bpmn20.xml"},
	detect: func(string, []byte) bool { return false },
}
