;; Strings that are none. Each function hands out the range that its arguments tell.
(component definition $Speaker
  (core module $m
    (memory (export "memory") 1)
    (func (export "say") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0))
    (data (i32.const 16) "\ed\a0\80")             ;; UTF-8 of a surrogate
    (data (i32.const 20) "\c0\af")                ;; overlong
    (data (i32.const 24) "\f4\90\80\80")          ;; above U+10FFFF
    (data (i32.const 28) "\e2\82")                ;; cut off
    (data (i32.const 32) "\00\d8\41\00")          ;; UTF-16: high surrogate, A
    (data (i32.const 36) "\41\00\00\dc")          ;; UTF-16: A, low surrogate
    (data (i32.const 40) "\3d\d8\00\de")          ;; UTF-16: a pair
    (data (i32.const 44) "\e9\41")                ;; Latin-1
    (data (i32.const 65534) "ab"))
  (core instance $i (instantiate $m))
  (func (export "utf8") (param "at" u32) (param "length" u32) (result string)
    (canon lift (core func $i "say") (memory $i "memory")))
  (func (export "utf16") (param "at" u32) (param "length" u32) (result string)
    (canon lift (core func $i "say") (memory $i "memory") string-encoding=utf16))
  (func (export "latin1") (param "at" u32) (param "length" u32) (result string)
    (canon lift (core func $i "say") (memory $i "memory") string-encoding=latin1+utf16)))

(component instance $i $Speaker)
(assert_return (invoke $i "utf8" (u32.const 65534) (u32.const 2)) (str.const "ab"))
(assert_return (invoke $i "utf16" (u32.const 40) (u32.const 2)) (str.const "\u{1f600}"))
(assert_return (invoke $i "latin1" (u32.const 44) (u32.const 2)) (str.const "\u{e9}A"))
(assert_return (invoke $i "latin1" (u32.const 40) (u32.const 0x80000002)) (str.const "\u{1f600}"))
(assert_return (invoke $i "utf8" (u32.const 65536) (u32.const 0)) (str.const ""))
(assert_trap (invoke $i "utf8" (u32.const 65537) (u32.const 0)) "string pointer/length out of bounds")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf8" (u32.const 65535) (u32.const 2)) "string pointer/length out of bounds")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf8" (u32.const 0) (u32.const 0x80000000)) "string pointer/length out of bounds")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf8" (u32.const 16) (u32.const 3)) "invalid utf-8")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf8" (u32.const 20) (u32.const 2)) "invalid utf-8")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf8" (u32.const 24) (u32.const 4)) "invalid utf-8")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf8" (u32.const 28) (u32.const 2)) "incomplete utf-8 byte sequence")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf16" (u32.const 32) (u32.const 2)) "invalid utf-16")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf16" (u32.const 36) (u32.const 2)) "invalid utf-16")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf16" (u32.const 33) (u32.const 1)) "string pointer not aligned to 2")
(component instance $i $Speaker)
(assert_trap (invoke $i "utf16" (u32.const 0) (u32.const 0x80000000)) "string pointer/length out of bounds")
(component instance $i $Speaker)
(assert_trap (invoke $i "latin1" (u32.const 45) (u32.const 1)) "string pointer not aligned to 2")
(component instance $i $Speaker)
(assert_trap (invoke $i "latin1" (u32.const 36) (u32.const 0x80000002)) "invalid utf-16")
