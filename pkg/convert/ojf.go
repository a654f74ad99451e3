package convert

var ojf = Format{
	Name: "ojf", Title: "OpenJourney Format", Endings: []string{".ojf"},
	detect: func(string, []byte) bool { return false },
}
