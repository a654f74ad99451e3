package render

// experienceWords are the words of the chart of experience.
type experienceWords struct {
	Title        string `json:"title"`
	About        string `json:"about"`
	Lowest       string `json:"lowest"`   // %s is a step with its scores
	Farthest     string `json:"farthest"` // likewise
	Company      string `json:"company"`
	Customers    string `json:"customers"`
	CompanyLine  string `json:"companyLine"`
	CustomerLine string `json:"customerLine"`
	Apart        string `json:"apart"`
	Best         string `json:"best"`
	Neutral      string `json:"neutral"`
	Worst        string `json:"worst"`
	None         string `json:"none"`
	Importance   string `json:"importance"`
	Effort       string `json:"effort"`
	More         string `json:"more"`  // %s is a number of customers
	Empty        string `json:"empty"` // a line of YAML follows
}
