package host

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"vpos/reader/sheet"
)

// fit holds what a file says against the form of a profile's file: every key that
// is unknown and every value of a wrong type is noted, and left out of the table.
func (l *problems) fit(table map[string]any) {
	l.table("", table, reflect.TypeFor[profileFile]())
}

// table holds one table against its form.
func (l *problems) table(key string, table map[string]any, form reflect.Type) {
	for _, name := range slices.Sorted(maps.Keys(table)) {
		below := name
		if key != "" {
			below = key + "." + name
		}
		inner, known := member(form, name)
		if !known && len(l.found) < maxFaults {
			fault := &KeyFault{Is: ErrUnknownKey}
			if near := sheet.Near(name, members(form)); len(near) > 0 {
				fault.Want = near[0]
			}
			l.add(below, fault)
		}
		if !known || !l.holdsUp(below, table[name], inner) {
			delete(table, name)
		}
	}
}

// holdsUp holds one value against its form and reports whether it can stay.
func (l *problems) holdsUp(key string, v any, form reflect.Type) bool {
	switch form.Kind() {
	case reflect.Struct, reflect.Map:
		if table, ok := v.(map[string]any); ok {
			l.table(key, table, form)
			return true
		}
	case reflect.Slice:
		if list, ok := v.([]any); ok {
			stays := true
			for i, one := range list {
				stays = l.holdsUp(key+"."+strconv.Itoa(i), one, form.Elem()) && stays
			}
			return stays
		}
	default:
		if reflect.TypeOf(v) == wants[form.Kind()].of {
			return true
		}
	}
	l.add(key, &KeyFault{Is: ErrType, Got: typeName(v), Want: wants[form.Kind()].text})
	return false
}

// wants is what TOML gives for a kind of ours, and how it is written.
var wants = map[reflect.Kind]struct {
	of   reflect.Type
	text string
}{
	reflect.String: {reflect.TypeFor[string](), `"…" (string)`},
	reflect.Bool:   {reflect.TypeFor[bool](), "true | false (boolean)"},
	reflect.Int:    {reflect.TypeFor[int64](), "123 (integer)"},
	reflect.Int64:  {reflect.TypeFor[int64](), "123 (integer)"},
	reflect.Struct: {nil, "{ … } (table)"},
	reflect.Map:    {nil, "{ … } (table)"},
	reflect.Slice:  {nil, "[{ … }, { … }] (array)"},
}

// typeName is the TOML name of a value's type.
func typeName(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case int64:
		return "integer"
	case float64:
		return "float"
	case []any:
		return "array"
	case map[string]any:
		return "table"
	default:
		return "date"
	}
}

// member is the form of one key of a table.
func member(form reflect.Type, name string) (inner reflect.Type, known bool) {
	if form.Kind() == reflect.Map {
		return form.Elem(), true
	}
	for i := range form.NumField() {
		if f := form.Field(i); f.Tag.Get("toml") == name {
			return f.Type, true
		}
	}
	return nil, false
}

// members are the keys a table may have; none where any may be.
func members(form reflect.Type) []string {
	if form.Kind() == reflect.Map {
		return nil
	}
	var names []string
	for i := range form.NumField() {
		names = append(names, form.Field(i).Tag.Get("toml"))
	}
	return names
}
