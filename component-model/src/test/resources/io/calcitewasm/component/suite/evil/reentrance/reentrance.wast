;; A child that calls its sibling through the parent's table while a call is inside it already.
(component
  (core module $Table
    (table (export "table") 1 funcref))
  (core instance $table (instantiate $Table))
  ;; The parent's function: calls whatever stands in the table.
  (core module $Parent
    (import "" "table" (table 1 funcref))
    (type $f (func))
    (func (export "through") (call_indirect (type $f) (i32.const 0))))
  (core instance $parent (instantiate $Parent (with "" (instance $table))))
  (func $through (canon lift (core func $parent "through")))
  (component $Child
    (import "out" (func $out))
    (core func $out (canon lower (func $out)))
    (core module $m
      (import "" "out" (func $out))
      (func (export "go") (call $out)))
    (core instance $i (instantiate $m (with "" (instance (export "out" (func $out))))))
    (func (export "go") (canon lift (core func $i "go"))))
  (instance $child (instantiate $Child (with "out" (func $through))))
  (core func $go (canon lower (func $child "go")))
  (core module $Fill
    (import "" "table" (table 1 funcref))
    (import "" "go" (func $go))
    (elem (i32.const 0) func $go))
  (core instance (instantiate $Fill (with "" (instance
    (export "table" (table $table "table")) (export "go" (func $go))))))
  (export "go" (func $child "go")))
(assert_trap (invoke "go") "cannot enter component instance")
(assert_trap (invoke "go") "cannot enter component instance")
