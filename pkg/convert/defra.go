package convert

var defra = Format{
	Name: "defra-journey", Title: "DEFRA journey (YAML)", Endings: []string{".yml", ".yaml"},
	detect: func(string, []byte) bool { return false },
}
