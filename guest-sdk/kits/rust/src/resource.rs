//! Resources that the guest exports. The representation that the host keeps of one is the address of
//! a boxed Rust value; a handle is a number in the host's table.

/// The handle types of a resource: `$own`, which drops it, and `$borrow`, good for one call. Both
/// hand out the value as the type that implements `$guest` and that the component chose for it.
#[macro_export]
macro_rules! resource {
    ($own:ident $borrow:ident $guest:ident $module:literal $new:literal $rep:literal $drop:literal) => {
        pub struct $own {
            handle: u32,
        }

        impl $own {
            pub fn new<T: $guest>(value: T) -> Self {
                #[link(wasm_import_module = $module)]
                extern "C" {
                    #[link_name = $new]
                    fn new(rep: *mut u8) -> u32;
                }
                Self { handle: unsafe { new(Box::into_raw(Box::new(value)) as *mut u8) } }
            }

            pub fn get<T: $guest>(&self) -> &T {
                #[link(wasm_import_module = $module)]
                extern "C" {
                    #[link_name = $rep]
                    fn rep(handle: u32) -> *mut u8;
                }
                unsafe { &*(rep(self.handle) as *const T) }
            }
        }

        impl Drop for $own {
            fn drop(&mut self) {
                #[link(wasm_import_module = $module)]
                extern "C" {
                    #[link_name = $drop]
                    fn drop(handle: u32);
                }
                unsafe { drop(self.handle) }
            }
        }

        unsafe impl $crate::abi::Abi for $own {
            const SIZE: usize = 4;
            const ALIGN: usize = 4;
            const FLAT: usize = 1;
            unsafe fn load(p: *const u8) -> Self { Self { handle: <u32 as $crate::abi::Abi>::load(p) } }
            unsafe fn store(self, p: *mut u8) { <u32 as $crate::abi::Abi>::store(self.give(), p) }
            unsafe fn lift(flat: &[u64]) -> Self { Self { handle: flat[0] as u32 } }
            unsafe fn lower(self, flat: &mut [u64]) { flat[0] = self.give() as u64 }
        }

        impl $own {
            fn give(self) -> u32 {
                std::mem::ManuallyDrop::new(self).handle
            }
        }

        pub struct $borrow<'a> {
            rep: *const u8,
            call: std::marker::PhantomData<&'a ()>,
        }

        impl<'a> $borrow<'a> {
            pub fn get<T: $guest>(&self) -> &'a T {
                unsafe { &*(self.rep as *const T) }
            }

            fn of(rep: usize) -> Self {
                Self { rep: rep as *const u8, call: std::marker::PhantomData }
            }
        }

        // what the host passes for a borrow of the guest's own resource is the representation
        unsafe impl $crate::abi::Abi for $borrow<'_> {
            const SIZE: usize = 4;
            const ALIGN: usize = 4;
            const FLAT: usize = 1;
            unsafe fn load(p: *const u8) -> Self { Self::of(<u32 as $crate::abi::Abi>::load(p) as usize) }
            unsafe fn store(self, p: *mut u8) { <u32 as $crate::abi::Abi>::store(self.rep as u32, p) }
            unsafe fn lift(flat: &[u64]) -> Self { Self::of(flat[0] as usize) }
            unsafe fn lower(self, flat: &mut [u64]) { flat[0] = self.rep as usize as u64 }
        }
    };
}
