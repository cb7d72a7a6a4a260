//! Values in the canonical ABI, as a Rust guest has them: in linear memory (`load`, `store`, `free`)
//! and flattened into core values (`lift`, `lower`). A core value is held in a `u64` as its bits, so
//! that variants whose cases share a slot need no conversions.

use std::alloc::{alloc, dealloc, handle_alloc_error, realloc, Layout};

/// A type of the component model.
///
/// # Safety
/// `SIZE`, `ALIGN` and the functions follow the canonical ABI for the type.
pub unsafe trait Abi: Sized {
    const SIZE: usize;
    const ALIGN: usize;
    /// Number of core values.
    const FLAT: usize;
    /// Whether an array of the type in memory is a Rust array of it.
    const PLAIN: bool = false;

    unsafe fn load(p: *const u8) -> Self;
    unsafe fn store(self, p: *mut u8);
    /// Frees what the value at `p` owns.
    unsafe fn free(_p: *mut u8) {}
    unsafe fn lift(flat: &[u64]) -> Self;
    unsafe fn lower(self, flat: &mut [u64]);
}

/// A place for results that do not fit into one core value.
#[repr(C, align(8))]
pub struct Area<const N: usize>(pub [u8; N]);

/// Offset `at`, moved up to a multiple of `align`.
pub const fn aligned(at: usize, align: usize) -> usize {
    (at + align - 1) & !(align - 1)
}

pub const fn max(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}

unsafe fn allocate(size: usize, align: usize) -> *mut u8 {
    if size == 0 {
        return align as *mut u8;
    }
    let layout = Layout::from_size_align_unchecked(size, align);
    let p = alloc(layout);
    if p.is_null() {
        handle_alloc_error(layout);
    }
    p
}

/// Gives back memory that `cabi_realloc` or `allocate` gave.
pub unsafe fn release(p: *mut u8, size: usize, align: usize) {
    if size != 0 {
        dealloc(p, Layout::from_size_align_unchecked(size, align));
    }
}

/// What the host calls to get memory in the guest.
#[export_name = "cabi_realloc"]
unsafe extern "C" fn cabi_realloc(old: *mut u8, old_size: usize, align: usize, size: usize) -> *mut u8 {
    if old_size == 0 {
        return allocate(size, align);
    }
    let layout = Layout::from_size_align_unchecked(old_size, align);
    let p = realloc(old, layout, size);
    if p.is_null() {
        handle_alloc_error(layout);
    }
    p
}

unsafe fn read<T: Copy>(p: *const u8) -> T {
    (p as *const T).read()
}

unsafe fn write<T>(p: *mut u8, value: T) {
    (p as *mut T).write(value)
}

macro_rules! numbers {
    ($($t:ty: $size:literal, $to:expr, $from:expr;)*) => {$(
        unsafe impl Abi for $t {
            const SIZE: usize = $size;
            const ALIGN: usize = $size;
            const FLAT: usize = 1;
            const PLAIN: bool = true;
            unsafe fn load(p: *const u8) -> Self { read(p) }
            unsafe fn store(self, p: *mut u8) { write(p, self) }
            unsafe fn lift(flat: &[u64]) -> Self { $from(flat[0]) }
            unsafe fn lower(self, flat: &mut [u64]) { flat[0] = $to(self) }
        }
    )*}
}

numbers! {
    u8: 1, |x| x as u64, |b| b as u8;
    u16: 2, |x| x as u64, |b| b as u16;
    u32: 4, |x| x as u64, |b| b as u32;
    u64: 8, |x| x, |b| b;
    // a core i32 is sign-extended from the guest's width
    i8: 1, |x| x as i32 as u32 as u64, |b| b as i8;
    i16: 2, |x| x as i32 as u32 as u64, |b| b as i16;
    i32: 4, |x| x as u32 as u64, |b| b as i32;
    i64: 8, |x| x as u64, |b| b as i64;
    f32: 4, |x: f32| x.to_bits() as u64, |b| f32::from_bits(b as u32);
    f64: 8, |x: f64| x.to_bits(), |b| f64::from_bits(b);
}

unsafe impl Abi for bool {
    const SIZE: usize = 1;
    const ALIGN: usize = 1;
    const FLAT: usize = 1;
    unsafe fn load(p: *const u8) -> Self { *p != 0 }
    unsafe fn store(self, p: *mut u8) { *p = self as u8 }
    unsafe fn lift(flat: &[u64]) -> Self { flat[0] as u32 != 0 }
    unsafe fn lower(self, flat: &mut [u64]) { flat[0] = self as u64 }
}

unsafe impl Abi for char {
    const SIZE: usize = 4;
    const ALIGN: usize = 4;
    const FLAT: usize = 1;
    unsafe fn load(p: *const u8) -> Self { char::from_u32_unchecked(read(p)) }
    unsafe fn store(self, p: *mut u8) { write(p, self as u32) }
    unsafe fn lift(flat: &[u64]) -> Self { char::from_u32_unchecked(flat[0] as u32) }
    unsafe fn lower(self, flat: &mut [u64]) { flat[0] = self as u64 }
}

/// No value: the payload of a case that has none.
unsafe impl Abi for () {
    const SIZE: usize = 0;
    const ALIGN: usize = 1;
    const FLAT: usize = 0;
    unsafe fn load(_: *const u8) -> Self {}
    unsafe fn store(self, _: *mut u8) {}
    unsafe fn lift(_: &[u64]) -> Self {}
    unsafe fn lower(self, _: &mut [u64]) {}
}

unsafe impl<T: Abi> Abi for Vec<T> {
    const SIZE: usize = 8;
    const ALIGN: usize = 4;
    const FLAT: usize = 2;

    unsafe fn load(p: *const u8) -> Self {
        take_list(read(p), read(p.add(4)))
    }

    unsafe fn store(self, p: *mut u8) {
        let (data, n) = give_list(self);
        write(p, data);
        write(p.add(4), n);
    }

    unsafe fn free(p: *mut u8) {
        let (data, n): (*mut u8, usize) = (read(p), read(p.add(4)));
        if !T::PLAIN {
            for i in 0..n {
                T::free(data.add(i * T::SIZE));
            }
        }
        release(data, n * T::SIZE, T::ALIGN);
    }

    unsafe fn lift(flat: &[u64]) -> Self {
        take_list(flat[0] as usize as *mut u8, flat[1] as usize)
    }

    unsafe fn lower(self, flat: &mut [u64]) {
        let (data, n) = give_list(self);
        flat[0] = data as usize as u64;
        flat[1] = n as u64;
    }
}

unsafe fn take_list<T: Abi>(data: *mut u8, n: usize) -> Vec<T> {
    if n == 0 {
        return Vec::new();
    }
    if T::PLAIN {
        return Vec::from_raw_parts(data as *mut T, n, n);
    }
    let list = (0..n).map(|i| T::load(data.add(i * T::SIZE))).collect();
    release(data, n * T::SIZE, T::ALIGN);
    list
}

unsafe fn give_list<T: Abi>(list: Vec<T>) -> (*mut u8, usize) {
    let n = list.len();
    if T::PLAIN {
        return (Box::into_raw(list.into_boxed_slice()) as *mut u8, n);
    }
    if T::SIZE != 0 && T::SIZE <= size_of::<T>() && T::ALIGN <= align_of::<T>() {
        return (shrink_list(list), n);
    }
    let data = allocate(n * T::SIZE, T::ALIGN);
    for (i, value) in list.into_iter().enumerate() {
        value.store(data.add(i * T::SIZE));
    }
    (data, n)
}

/// Makes a Rust array an array of the canonical ABI where it stands: no element of this one ends
/// behind its element of that one.
unsafe fn shrink_list<T: Abi>(list: Vec<T>) -> *mut u8 {
    let mut list = std::mem::ManuallyDrop::new(list);
    let (values, data) = (list.as_mut_ptr(), list.as_mut_ptr() as *mut u8);
    for i in 0..list.len() {
        values.add(i).read().store(data.add(i * T::SIZE));
    }
    let (from, to) = (list.capacity() * size_of::<T>(), list.len() * T::SIZE);
    if to == 0 {
        release(data, from, align_of::<T>());
        return T::ALIGN as *mut u8;
    }
    if from == to {
        return data;
    }
    let layout = Layout::from_size_align_unchecked(from, align_of::<T>());
    let kept = realloc(data, layout, to);
    if kept.is_null() {
        handle_alloc_error(layout);
    }
    kept
}

unsafe impl Abi for String {
    const SIZE: usize = 8;
    const ALIGN: usize = 4;
    const FLAT: usize = 2;
    // the host has checked that it is UTF-8
    unsafe fn load(p: *const u8) -> Self { String::from_utf8_unchecked(Vec::load(p)) }
    unsafe fn store(self, p: *mut u8) { self.into_bytes().store(p) }
    unsafe fn free(p: *mut u8) { Vec::<u8>::free(p) }
    unsafe fn lift(flat: &[u64]) -> Self { String::from_utf8_unchecked(Vec::lift(flat)) }
    unsafe fn lower(self, flat: &mut [u64]) { self.into_bytes().lower(flat) }
}

unsafe impl<T: Abi> Abi for Option<T> {
    const SIZE: usize = aligned(aligned(1, T::ALIGN) + T::SIZE, T::ALIGN);
    const ALIGN: usize = T::ALIGN;
    const FLAT: usize = 1 + T::FLAT;

    unsafe fn load(p: *const u8) -> Self {
        (*p != 0).then(|| T::load(p.add(T::ALIGN)))
    }

    unsafe fn store(self, p: *mut u8) {
        *p = self.is_some() as u8;
        if let Some(value) = self {
            value.store(p.add(T::ALIGN));
        }
    }

    unsafe fn free(p: *mut u8) {
        if *p != 0 {
            T::free(p.add(T::ALIGN));
        }
    }

    unsafe fn lift(flat: &[u64]) -> Self {
        (flat[0] as u32 != 0).then(|| T::lift(&flat[1..]))
    }

    unsafe fn lower(self, flat: &mut [u64]) {
        flat[0] = self.is_some() as u64;
        if let Some(value) = self {
            value.lower(&mut flat[1..]);
        }
    }
}

unsafe impl<T: Abi, E: Abi> Abi for Result<T, E> {
    const SIZE: usize = aligned(Self::ALIGN + max(T::SIZE, E::SIZE), Self::ALIGN);
    const ALIGN: usize = max(T::ALIGN, E::ALIGN);
    const FLAT: usize = 1 + max(T::FLAT, E::FLAT);

    unsafe fn load(p: *const u8) -> Self {
        let payload = p.add(Self::ALIGN);
        if *p == 0 { Ok(T::load(payload)) } else { Err(E::load(payload)) }
    }

    unsafe fn store(self, p: *mut u8) {
        let payload = p.add(Self::ALIGN);
        *p = self.is_err() as u8;
        match self {
            Ok(value) => value.store(payload),
            Err(error) => error.store(payload),
        }
    }

    unsafe fn free(p: *mut u8) {
        let payload = p.add(Self::ALIGN);
        if *p == 0 { T::free(payload) } else { E::free(payload) }
    }

    unsafe fn lift(flat: &[u64]) -> Self {
        if flat[0] as u32 == 0 { Ok(T::lift(&flat[1..])) } else { Err(E::lift(&flat[1..])) }
    }

    unsafe fn lower(self, flat: &mut [u64]) {
        flat[0] = self.is_err() as u64;
        match self {
            Ok(value) => value.lower(&mut flat[1..]),
            Err(error) => error.lower(&mut flat[1..]),
        }
    }
}

/// `Abi` of a record, in the order of its fields; of a tuple, whose fields are numbers.
#[macro_export]
macro_rules! record {
    ([$($generic:ident)*] $name:ty { $($field:tt: $type:ty,)* } $make:expr) => {
        unsafe impl<$($generic: $crate::abi::Abi),*> $crate::abi::Abi for $name {
            const SIZE: usize = {
                let end = 0;
                $(let end = $crate::abi::aligned(end, <$type as $crate::abi::Abi>::ALIGN) + <$type as $crate::abi::Abi>::SIZE;)*
                $crate::abi::aligned(end, Self::ALIGN)
            };
            const ALIGN: usize = {
                let align = 1;
                $(let align = $crate::abi::max(align, <$type as $crate::abi::Abi>::ALIGN);)*
                align
            };
            const FLAT: usize = 0 $(+ <$type as $crate::abi::Abi>::FLAT)*;

            #[allow(unused_assignments)]
            unsafe fn load(p: *const u8) -> Self {
                let mut at = 0;
                $make($({
                    at = $crate::abi::aligned(at, <$type as $crate::abi::Abi>::ALIGN);
                    let value = <$type as $crate::abi::Abi>::load(p.add(at));
                    at += <$type as $crate::abi::Abi>::SIZE;
                    value
                }),*)
            }

            #[allow(unused_assignments)]
            unsafe fn store(self, p: *mut u8) {
                let mut at = 0;
                $(
                    at = $crate::abi::aligned(at, <$type as $crate::abi::Abi>::ALIGN);
                    $crate::abi::Abi::store(self.$field, p.add(at));
                    at += <$type as $crate::abi::Abi>::SIZE;
                )*
            }

            #[allow(unused_assignments)]
            unsafe fn free(p: *mut u8) {
                let mut at = 0;
                $(
                    at = $crate::abi::aligned(at, <$type as $crate::abi::Abi>::ALIGN);
                    <$type as $crate::abi::Abi>::free(p.add(at));
                    at += <$type as $crate::abi::Abi>::SIZE;
                )*
            }

            #[allow(unused_assignments)]
            unsafe fn lift(flat: &[u64]) -> Self {
                let mut at = 0;
                $make($({
                    let value = <$type as $crate::abi::Abi>::lift(&flat[at..]);
                    at += <$type as $crate::abi::Abi>::FLAT;
                    value
                }),*)
            }

            #[allow(unused_assignments)]
            unsafe fn lower(self, flat: &mut [u64]) {
                let mut at = 0;
                $(
                    $crate::abi::Abi::lower(self.$field, &mut flat[at..]);
                    at += <$type as $crate::abi::Abi>::FLAT;
                )*
            }
        }
    };
}

/// `Abi` of a variant or an enum; `$tag` is the unsigned type of its discriminant.
#[macro_export]
macro_rules! variant {
    ($name:ty: $tag:ty { $($number:literal => $case:ident $(($value:ident: $type:ty))?,)* }) => {
        unsafe impl $crate::abi::Abi for $name {
            const SIZE: usize = {
                let size = 0;
                $($(let size = $crate::abi::max(size, <$type as $crate::abi::Abi>::SIZE);)?)*
                $crate::abi::aligned(
                    $crate::abi::aligned(<$tag as $crate::abi::Abi>::SIZE, Self::ALIGN) + size,
                    Self::ALIGN,
                )
            };
            const ALIGN: usize = {
                let align = <$tag as $crate::abi::Abi>::ALIGN;
                $($(let align = $crate::abi::max(align, <$type as $crate::abi::Abi>::ALIGN);)?)*
                align
            };
            const FLAT: usize = {
                let flat = 0;
                $($(let flat = $crate::abi::max(flat, <$type as $crate::abi::Abi>::FLAT);)?)*
                1 + flat
            };

            unsafe fn load(p: *const u8) -> Self {
                // the host has checked the discriminant; a payload begins at the variant's alignment
                match <$tag as $crate::abi::Abi>::load(p) {
                    $($number => Self::$case $((<$type as $crate::abi::Abi>::load(p.add(Self::ALIGN))))?,)*
                    _ => std::hint::unreachable_unchecked(),
                }
            }

            unsafe fn store(self, p: *mut u8) {
                match self {
                    $(Self::$case $(($value))? => {
                        <$tag as $crate::abi::Abi>::store($number, p);
                        $(<$type as $crate::abi::Abi>::store($value, p.add(Self::ALIGN));)?
                    })*
                }
            }

            unsafe fn free(p: *mut u8) {
                match <$tag as $crate::abi::Abi>::load(p) {
                    $($number => { $(<$type as $crate::abi::Abi>::free(p.add(Self::ALIGN));)? })*
                    _ => {}
                }
            }

            unsafe fn lift(flat: &[u64]) -> Self {
                match flat[0] as $tag {
                    $($number => Self::$case $((<$type as $crate::abi::Abi>::lift(&flat[1..])))?,)*
                    _ => std::hint::unreachable_unchecked(),
                }
            }

            unsafe fn lower(self, flat: &mut [u64]) {
                match self {
                    $(Self::$case $(($value))? => {
                        flat[0] = $number;
                        $(<$type as $crate::abi::Abi>::lower($value, &mut flat[1..]);)?
                    })*
                }
            }
        }
    };
}

/// `Abi` of flags, whose `bits` have the width of the flags in memory.
#[macro_export]
macro_rules! flags {
    ($name:ty: $bits:ty) => {
        unsafe impl $crate::abi::Abi for $name {
            const SIZE: usize = <$bits as $crate::abi::Abi>::SIZE;
            const ALIGN: usize = <$bits as $crate::abi::Abi>::ALIGN;
            const FLAT: usize = 1;
            unsafe fn load(p: *const u8) -> Self { Self { bits: <$bits as $crate::abi::Abi>::load(p) } }
            unsafe fn store(self, p: *mut u8) { $crate::abi::Abi::store(self.bits, p) }
            unsafe fn lift(flat: &[u64]) -> Self { Self { bits: flat[0] as $bits } }
            unsafe fn lower(self, flat: &mut [u64]) { flat[0] = self.bits as u64 }
        }
    };
}

macro_rules! tuples {
    ($(($($t:ident $i:tt $v:ident),*))*) => {
        $(record! { [$($t)*] ($($t,)*) { $($i: $t,)* } |$($v),*| ($($v,)*) })*
    };
}

tuples! {
    (A 0 a)
    (A 0 a, B 1 b)
    (A 0 a, B 1 b, C 2 c)
    (A 0 a, B 1 b, C 2 c, D 3 d)
    (A 0 a, B 1 b, C 2 c, D 3 d, E 4 e)
    (A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f)
    (A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f, G 6 g)
    (A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f, G 6 g, H 7 h)
}
