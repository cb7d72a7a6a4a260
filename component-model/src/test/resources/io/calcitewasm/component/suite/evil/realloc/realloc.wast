;; Allocators that lie, and what they may do.
(component definition $Liar
  (core module $m
    (memory (export "memory") 1)
    (global $answer (mut i32) (i32.const 0))
    (func (export "promise") (param i32) (global.set $answer (local.get 0)))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (global.get $answer))
    ;; The sum of the first bytes of both strings.
    (func (export "first-bytes") (param i32 i32 i32 i32) (result i32)
      (i32.add (i32.load8_u (local.get 0)) (i32.load8_u (local.get 2))))
    (func (export "sum") (param i32 i32) (result i32) (i32.load (local.get 0))))
  (core instance $i (instantiate $m))
  (func (export "promise") (param "pointer" u32) (canon lift (core func $i "promise")))
  (func (export "first-bytes") (param "a" string) (param "b" string) (result u32)
    (canon lift (core func $i "first-bytes") (memory $i "memory") (realloc (func $i "realloc"))))
  (func (export "sum") (param "l" (list u32)) (result u32)
    (canon lift (core func $i "sum") (memory $i "memory") (realloc (func $i "realloc")))))

(component instance $i $Liar)
(assert_return (invoke $i "promise" (u32.const 65535)))
(assert_return (invoke $i "first-bytes" (str.const "a") (str.const "a")) (u32.const 194))
(assert_trap (invoke $i "first-bytes" (str.const "ab") (str.const "")) "realloc return: beyond end of memory")
(component instance $i $Liar)
(assert_return (invoke $i "promise" (u32.const 0xffffffff)))
(assert_trap (invoke $i "first-bytes" (str.const "a") (str.const "")) "realloc return: beyond end of memory")
(component instance $i $Liar)
(assert_return (invoke $i "promise" (u32.const 0xffffffff)))
(assert_trap (invoke $i "first-bytes" (str.const "") (str.const "")) "realloc return: beyond end of memory")
(component instance $i $Liar)
(assert_return (invoke $i "promise" (u32.const 65536)))
(assert_return (invoke $i "promise" (u32.const 6)))
(assert_trap (invoke $i "sum" (list.const (u32.const 1))) "realloc return: result not aligned")
(component instance $i $Liar)
(assert_return (invoke $i "promise" (u32.const 6)))
(assert_trap (invoke $i "sum" (list.const)) "realloc return: result not aligned")
;; Allocations that overlap are the guest's own affair: the later one wins.
(component instance $i $Liar)
(assert_return (invoke $i "promise" (u32.const 0)))
(assert_return (invoke $i "first-bytes" (str.const "a") (str.const "b")) (u32.const 196))

;; An allocator that grows the memory, and answers with the new page.
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (i32.shl (memory.grow (i32.const 1)) (i32.const 16)))
    (func (export "sum") (param i32 i32) (result i32) (i32.load (local.get 0))))
  (core instance $i (instantiate $m))
  (func (export "sum") (param "l" (list u32)) (result u32)
    (canon lift (core func $i "sum") (memory $i "memory") (realloc (func $i "realloc")))))
(assert_return (invoke "sum" (list.const (u32.const 17))) (u32.const 17))
(assert_return (invoke "sum" (list.const (u32.const 18))) (u32.const 18))

;; An allocator that calls out.
(component
  (import "host-return-two" (func $two (result u32)))
  (core func $two (canon lower (func $two)))
  (core module $m
    (import "" "two" (func $two (result i32)))
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (call $two))
    (func (export "take") (param i32 i32)))
  (core instance $i (instantiate $m (with "" (instance (export "two" (func $two))))))
  (func (export "take") (param "s" string)
    (canon lift (core func $i "take") (memory $i "memory") (realloc (func $i "realloc")))))
(assert_trap (invoke "take" (str.const "a")) "cannot leave component instance")

;; An allocator that traps.
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "take") (param i32 i32)))
  (core instance $i (instantiate $m))
  (func (export "take") (param "s" string)
    (canon lift (core func $i "take") (memory $i "memory") (realloc (func $i "realloc")))))
(assert_trap (invoke "take" (str.const "a")) "unreachable")
