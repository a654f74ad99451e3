package render

import (
	"fmt"
	"slices"
)

// image draws a logo, which a file has once however often it is drawn.
func (d *pdfPage) image(s Shape) {
	number := slices.Index(d.logos, s.Logo)
	if number < 0 {
		number = len(d.logos)
		d.logos = append(d.logos, s.Logo)
	}
	at := d.scene.corner(s)
	d.put("q %s 0 0 -%s %s %s cm /L%d Do Q\n", px(s.Size.X), px(s.Size.Y), px(at.X), px(at.Y+s.Size.Y), number)
}

// logo is the number of the first of the two objects of a logo.
func (d *pdfPage) logo(number int) int { return pdfFirstFont + len(d.fonts)*fontObjects + 2*number }

// resources are what a page draws with: fonts, logos and, on a sheet, the map.
func (d *pdfPage) resources(form bool) string {
	names := ""
	for i := range d.logos {
		names += fmt.Sprintf("/L%d %d 0 R", i, d.logo(i))
	}
	if form {
		names += fmt.Sprintf("/M0 %d 0 R", d.formNumber())
	}
	if names != "" {
		names = "/XObject<<" + names + ">>"
	}
	return "/Font<<" + d.fontNames() + ">>" + names
}

// writeLogos writes each as its colours and how opaque they are.
func (d *pdfPage) writeLogos(f *pdfFile) {
	for i, l := range d.logos {
		colors, opaque := make([]byte, 0, 3*l.Width*l.Height), make([]byte, 0, l.Width*l.Height)
		for at := 0; at < len(l.pixels.Pix); at += 4 {
			colors = append(colors, l.pixels.Pix[at:at+3]...)
			opaque = append(opaque, l.pixels.Pix[at+3])
		}
		head := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", l.Width, l.Height)
		f.stream(d.logo(i), head+fmt.Sprintf("/ColorSpace/DeviceRGB/SMask %d 0 R", d.logo(i)+1), colors)
		f.stream(d.logo(i)+1, head+"/ColorSpace/DeviceGray", opaque)
	}
}
