package convert

var xgov = Format{
	Name: "xgov-form", Title: "XGov digital form (JSON)", Endings: []string{".json"},
	detect: func(string, []byte) bool { return false },
}
