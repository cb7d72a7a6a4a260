;; Imports and exports named to collide.
(assert_invalid (component (import "a" (func)) (import "a" (func))) "conflicts with previous name")
(assert_invalid (component (import "a-b" (func)) (import "a-B" (func))) "conflicts with previous name")
(assert_invalid (component (import "a:b/c@1.0.0" (instance)) (import "a:b/c@1.0.0" (instance))) "conflicts with previous name")
(assert_invalid (component (type $t (func)) (import "r" (type $r (sub resource))) (import "[method]r.m" (func (param "self" (borrow $r)))) (import "[static]r.m" (func))) "conflicts with previous name")
(assert_invalid (component (import "f" (func $f)) (export "x" (func $f)) (export "X" (func $f))) "conflicts with previous name")
(assert_invalid (component (core module $m (func (export "a")) (func (export "a")))) "duplicate export name")
(assert_invalid (component (type (record (field "a" u8) (field "A" u8)))) "conflicts with previous name")
;; These differ.
(component definition (import "a:b/c@1.0.0" (instance)) (import "a:b/c@2.0.0" (instance)) (import "c" (func)))
