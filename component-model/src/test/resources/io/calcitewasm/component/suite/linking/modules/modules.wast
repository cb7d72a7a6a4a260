;; Core modules that the host offers, and instances inside instances.
(component
  (import "host" (instance $host
    (export "nested" (instance (export "return-four" (func (result u32)))))
    (export "simple-module" (core module
      (export "f" (func (result i32)))
      (export "g" (global i32))))))
  (alias export $host "nested" (instance $nested))
  (alias export $host "simple-module" (core module $m))
  (core instance $i (instantiate $m))
  (core module $read
    (import "" "g" (global i32))
    (func (export "g") (result i32) (global.get 0)))
  (core instance $r (instantiate $read (with "" (instance $i))))
  (func (export "f") (result u32) (canon lift (core func $i "f")))
  (func (export "g") (result u32) (canon lift (core func $r "g")))
  (export "four" (func $nested "return-four")))
(assert_return (invoke "f") (u32.const 101))
(assert_return (invoke "g") (u32.const 100))
(assert_return (invoke "four") (u32.const 4))

(assert_unlinkable
  (component (import "host" (instance (export "simple-module" (core module (export "f" (func (result i64))))))))
  "export `f` has the wrong type")
(assert_unlinkable
  (component (import "host" (instance (export "simple-module" (core module (export "h" (func)))))))
  "module export `h` not defined")
(assert_unlinkable
  (component (import "host" (instance (export "no-module" (core module)))))
  "was not found")
(assert_unlinkable
  (component (import "host" (instance (export "nested" (instance (export "return-five" (func (result u32))))))))
  "was not found")
(assert_unlinkable
  (component (import "host" (instance (export "return-three" (func (result u64))))))
  "type mismatch with results")
(assert_unlinkable
  (component (import "host-return-two" (instance)))
  "expected instance found func")

;; A module that another component exports.
(component $library
  (core module (export "adder") (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))))
(component
  (import "library" (instance $l (export "adder" (core module (export "add" (func (param i32 i32) (result i32)))))))
  (alias export $l "adder" (core module $m))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))
(assert_return (invoke "add" (u32.const 40) (u32.const 2)) (u32.const 42))
