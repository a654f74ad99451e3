package finding

import (
	"math"
	"strconv"
	"time"
)

// Percent writes a share. Only what is whole is 100%, and only nothing 0%.
func Percent(share float64) string {
	p := math.Round(share*1000) / 10
	switch {
	case p >= 100 && share < 1:
		p = 99.9
	case p <= 0 && share > 0:
		p = 0.1
	}
	return strconv.FormatFloat(p, 'f', -1, 64) + "%"
}

// Format writes the number of a threshold as settings do: 3, 20%, 1h30m.
func (u Unit) Format(n float64) string {
	switch u {
	case Share:
		return Percent(n)
	case Seconds:
		return duration(time.Duration(n * float64(time.Second)))
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// duration writes a time as the language does.
func duration(d time.Duration) string {
	text := ""
	for _, u := range []struct {
		length time.Duration
		sign   string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if n := d / u.length; n > 0 {
			text += strconv.Itoa(int(n)) + u.sign
			d -= n * u.length
		}
	}
	if text == "" {
		return "0s"
	}
	return text
}
