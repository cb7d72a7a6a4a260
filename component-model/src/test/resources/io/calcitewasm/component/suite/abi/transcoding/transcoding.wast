;; Strings between components of different encodings: how realloc is called (CanonicalABI.md,
;; store_string_into_range). Each allocator writes its requests to a log: old size, alignment, new size.
(component definition $Pair
  (component $Reader
    (core module $m
      (memory (export "memory") 1)
      (global $log (mut i32) (i32.const 1024))
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param $old i32) (param $from i32) (param $align i32) (param $to i32) (result i32)
        (local $at i32)
        (i32.store (global.get $log) (local.get $from))
        (i32.store offset=4 (global.get $log) (local.get $align))
        (i32.store offset=8 (global.get $log) (local.get $to))
        (global.set $log (i32.add (global.get $log) (i32.const 12)))
        (local.set $at (global.get $next))
        (global.set $next (i32.add (global.get $next) (i32.const 64)))
        (memory.copy (local.get $at) (local.get $old)
          (select (local.get $from) (local.get $to) (i32.lt_u (local.get $from) (local.get $to))))
        (local.get $at))
      ;; Gives back what was taken, behind it the log.
      (func (export "take") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.store (i32.const 8) (i32.const 1024))
        (i32.store (i32.const 12) (i32.div_u (i32.sub (global.get $log) (i32.const 1024)) (i32.const 4)))
        (i32.const 0)))
    (core instance $i (instantiate $m))
    (func (export "utf8") (param "s" string) (result (tuple string (list u32)))
      (canon lift (core func $i "take") (memory $i "memory") (realloc (func $i "realloc"))))
    (func (export "utf16") (param "s" string) (result (tuple string (list u32)))
      (canon lift (core func $i "take") (memory $i "memory") (realloc (func $i "realloc")) string-encoding=utf16))
    (func (export "latin1") (param "s" string) (result (tuple string (list u32)))
      (canon lift (core func $i "take") (memory $i "memory") (realloc (func $i "realloc")) string-encoding=latin1+utf16)))
  (component $Writer
    (import "utf8" (func $utf8 (param "s" string) (result (tuple string (list u32)))))
    (import "utf16" (func $utf16 (param "s" string) (result (tuple string (list u32)))))
    (import "latin1" (func $latin1 (param "s" string) (result (tuple string (list u32)))))
    (core module $Libc
      (memory (export "memory") 1)
      (global $next (mut i32) (i32.const 8192))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (global.set $next (i32.and (i32.add (i32.add (global.get $next) (local.get 3)) (i32.const 7)) (i32.const -8)))
        (i32.and (i32.sub (global.get $next) (local.get 3)) (i32.const -8)))
      (data (i32.const 16) "abc")
      (data (i32.const 24) "a\c3\a9b")                ;; UTF-8
      (data (i32.const 32) "a\e2\82\acb")             ;; UTF-8, beyond Latin-1
      (data (i32.const 48) "a\00b\00c\00")            ;; UTF-16
      (data (i32.const 64) "a\00\ac\20b\00")          ;; UTF-16, beyond Latin-1
      (data (i32.const 80) "a\e9b"))                  ;; Latin-1
    (core instance $libc (instantiate $Libc))
    (core func $8-8 (canon lower (func $utf8) (memory $libc "memory") (realloc (func $libc "realloc"))))
    (core func $8-16 (canon lower (func $utf16) (memory $libc "memory") (realloc (func $libc "realloc"))))
    (core func $8-1 (canon lower (func $latin1) (memory $libc "memory") (realloc (func $libc "realloc"))))
    (core func $16-8 (canon lower (func $utf8) (memory $libc "memory") (realloc (func $libc "realloc")) string-encoding=utf16))
    (core func $16-1 (canon lower (func $latin1) (memory $libc "memory") (realloc (func $libc "realloc")) string-encoding=utf16))
    (core func $1-8 (canon lower (func $utf8) (memory $libc "memory") (realloc (func $libc "realloc")) string-encoding=latin1+utf16))
    (core func $1-16 (canon lower (func $utf16) (memory $libc "memory") (realloc (func $libc "realloc")) string-encoding=latin1+utf16))
    (core func $1-1 (canon lower (func $latin1) (memory $libc "memory") (realloc (func $libc "realloc")) string-encoding=latin1+utf16))
    (core module $m
      (import "" "8-8" (func $f0 (param i32 i32 i32)))
      (import "" "8-16" (func $f1 (param i32 i32 i32)))
      (import "" "8-1" (func $f2 (param i32 i32 i32)))
      (import "" "16-8" (func $f3 (param i32 i32 i32)))
      (import "" "16-1" (func $f4 (param i32 i32 i32)))
      (import "" "1-8" (func $f5 (param i32 i32 i32)))
      (import "" "1-16" (func $f6 (param i32 i32 i32)))
      (import "" "1-1" (func $f7 (param i32 i32 i32)))
      (type $f (func (param i32 i32 i32)))
      (table funcref (elem $f0 $f1 $f2 $f3 $f4 $f5 $f6 $f7))
      (func (export "run") (param $how i32) (param $at i32) (param $length i32) (result i32)
        (call_indirect (type $f) (local.get $at) (local.get $length) (i32.const 128) (local.get $how))
        (i32.const 128)))
    (core instance $i (instantiate $m (with "" (instance
      (export "8-8" (func $8-8)) (export "8-16" (func $8-16)) (export "8-1" (func $8-1))
      (export "16-8" (func $16-8)) (export "16-1" (func $16-1))
      (export "1-8" (func $1-8)) (export "1-16" (func $1-16)) (export "1-1" (func $1-1))))))
    ;; Only the log is looked at: the tuple's string is in the encoding of the call.
    (core module $second
      (import "libc" "memory" (memory 1))
      (import "" "run" (func $run (param i32 i32 i32) (result i32)))
      (func (export "log") (param i32 i32 i32) (result i32)
        (i32.add (call $run (local.get 0) (local.get 1) (local.get 2)) (i32.const 8))))
    (core instance $s (instantiate $second (with "libc" (instance $libc)) (with "" (instance $i))))
    (func (export "log") (param "how" u32) (param "at" u32) (param "length" u32) (result (list u32))
      (canon lift (core func $s "log") (memory $libc "memory"))))
  (instance $reader (instantiate $Reader))
  (instance $writer (instantiate $Writer
    (with "utf8" (func $reader "utf8"))
    (with "utf16" (func $reader "utf16"))
    (with "latin1" (func $reader "latin1"))))
  (export "log" (func $writer "log")))

;; UTF-8 to UTF-8: exact.
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 0) (u32.const 24) (u32.const 4)) (list.const (u32.const 0) (u32.const 1) (u32.const 4)))
;; UTF-8 to UTF-16: the worst case, shrunk where it was too much.
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 1) (u32.const 16) (u32.const 3)) (list.const (u32.const 0) (u32.const 2) (u32.const 6)))
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 1) (u32.const 24) (u32.const 4)) (list.const (u32.const 0) (u32.const 2) (u32.const 8) (u32.const 8) (u32.const 2) (u32.const 6)))
;; UTF-8 to Latin-1: as many bytes, fewer where two were one, doubled where Latin-1 does not do.
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 2) (u32.const 16) (u32.const 3)) (list.const (u32.const 0) (u32.const 2) (u32.const 3)))
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 2) (u32.const 24) (u32.const 4)) (list.const (u32.const 0) (u32.const 2) (u32.const 4) (u32.const 4) (u32.const 2) (u32.const 3)))
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 2) (u32.const 32) (u32.const 5)) (list.const (u32.const 0) (u32.const 2) (u32.const 5) (u32.const 5) (u32.const 2) (u32.const 10) (u32.const 10) (u32.const 2) (u32.const 6)))
;; UTF-16 to UTF-8: one byte a unit, three where that is not enough, shrunk at the end.
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 3) (u32.const 48) (u32.const 3)) (list.const (u32.const 0) (u32.const 1) (u32.const 3)))
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 3) (u32.const 64) (u32.const 3)) (list.const (u32.const 0) (u32.const 1) (u32.const 3) (u32.const 3) (u32.const 1) (u32.const 9) (u32.const 9) (u32.const 1) (u32.const 5)))
;; UTF-16 to Latin-1.
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 4) (u32.const 48) (u32.const 3)) (list.const (u32.const 0) (u32.const 2) (u32.const 3)))
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 4) (u32.const 64) (u32.const 3)) (list.const (u32.const 0) (u32.const 2) (u32.const 3) (u32.const 3) (u32.const 2) (u32.const 6)))
;; Latin-1 to UTF-8: two bytes a unit are the worst.
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 5) (u32.const 80) (u32.const 3)) (list.const (u32.const 0) (u32.const 1) (u32.const 3) (u32.const 3) (u32.const 1) (u32.const 6) (u32.const 6) (u32.const 1) (u32.const 4)))
;; Latin-1 to UTF-16 and to Latin-1: exact.
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 6) (u32.const 80) (u32.const 3)) (list.const (u32.const 0) (u32.const 2) (u32.const 6)))
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 7) (u32.const 80) (u32.const 3)) (list.const (u32.const 0) (u32.const 2) (u32.const 3)))
;; UTF-16 by choice stays UTF-16, or is shrunk to Latin-1 where that is enough.
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 7) (u32.const 64) (u32.const 0x80000003)) (list.const (u32.const 0) (u32.const 2) (u32.const 6)))
(component instance $i $Pair)
(assert_return (invoke $i "log" (u32.const 7) (u32.const 48) (u32.const 0x80000003)) (list.const (u32.const 0) (u32.const 2) (u32.const 6) (u32.const 6) (u32.const 1) (u32.const 3)))
