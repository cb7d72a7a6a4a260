//! Files that were packed with the component and mounted for it, read with WASI. The guest's world
//! imports `wasi:filesystem/types@0.2.3` and `wasi:filesystem/preopens@0.2.3`.

use crate::abi::{Abi, Area};

/// The most that is asked for at once.
const CHUNK: u64 = 64 * 1024;

/// The number of an error in `error-code` of `wasi:filesystem/types`.
pub type ErrorCode = u8;

/// There is no such file: `error-code.no-entry`.
pub const NO_ENTRY: ErrorCode = 20;

/// An open file or directory.
pub struct Descriptor(i32);

/// Reads a file whole.
///
/// `path` starts at the root that the guest sees, with or without a `/`.
pub fn read(path: &str) -> Result<Vec<u8>, ErrorCode> {
    let file = root().ok_or(NO_ENTRY)?.open(path.trim_start_matches('/'))?;
    let mut content = Vec::new();
    loop {
        let (bytes, end) = file.read(CHUNK, content.len() as u64)?;
        content.extend_from_slice(&bytes);
        if end || bytes.is_empty() {
            return Ok(content);
        }
    }
}

/// The first of the directories that were opened for the guest.
pub fn root() -> Option<Descriptor> {
    #[link(wasm_import_module = "wasi:filesystem/preopens@0.2.3")]
    extern "C" {
        #[link_name = "get-directories"]
        fn get_directories(area: *mut u8);
    }
    let mut area = Area([0; 8]);
    let found: Vec<(i32, String)> = unsafe {
        get_directories(area.0.as_mut_ptr());
        Vec::load(area.0.as_ptr())
    };
    // the owner of each handle drops it
    let mut all = found.into_iter().map(|(handle, _)| Descriptor(handle));
    all.next()
}

impl Descriptor {
    /// Opens what lies at a path below this directory, for reading.
    pub fn open(&self, path: &str) -> Result<Descriptor, ErrorCode> {
        self.open_with(path, 0, 1)
    }

    /// Opens what lies at a path below this directory: the bits are those of `open-flags` and
    /// `descriptor-flags`.
    pub fn open_with(&self, path: &str, how: i32, flags: i32) -> Result<Descriptor, ErrorCode> {
        #[link(wasm_import_module = "wasi:filesystem/types@0.2.3")]
        extern "C" {
            #[link_name = "[method]descriptor.open-at"]
            fn open_at(
                handle: i32, path_flags: i32, path: *const u8, count: usize, how: i32, flags: i32, area: *mut u8,
            );
        }
        let mut area = Area([0; 8]);
        unsafe {
            open_at(self.0, 1, path.as_ptr(), path.len(), how, flags, area.0.as_mut_ptr());
            outcome(area.0.as_ptr()).map(|payload| Descriptor(i32::load(payload)))
        }
    }

    /// At most `most` bytes of a file from `offset` on, and whether they are its last.
    pub fn read(&self, most: u64, offset: u64) -> Result<(Vec<u8>, bool), ErrorCode> {
        #[link(wasm_import_module = "wasi:filesystem/types@0.2.3")]
        extern "C" {
            #[link_name = "[method]descriptor.read"]
            fn read(handle: i32, most: u64, offset: u64, area: *mut u8);
        }
        let mut area = Area([0; 16]);
        unsafe {
            read(self.0, most, offset, area.0.as_mut_ptr());
            outcome(area.0.as_ptr()).map(|payload| <(Vec<u8>, bool)>::load(payload))
        }
    }

    /// The names of what lies in a directory.
    pub fn names(&self) -> Result<Vec<String>, ErrorCode> {
        #[link(wasm_import_module = "wasi:filesystem/types@0.2.3")]
        extern "C" {
            #[link_name = "[method]descriptor.read-directory"]
            fn read_directory(handle: i32, area: *mut u8);
            #[link_name = "[method]directory-entry-stream.read-directory-entry"]
            fn read_directory_entry(handle: i32, area: *mut u8);
            #[link_name = "[resource-drop]directory-entry-stream"]
            fn drop_entries(handle: i32);
        }
        let mut area = Area([0; 8]);
        let entries = unsafe {
            read_directory(self.0, area.0.as_mut_ptr());
            i32::load(outcome(area.0.as_ptr())?)
        };
        let mut names = Vec::new();
        let mut entry = Area([0; 20]);
        let found = loop {
            let next = unsafe {
                read_directory_entry(entries, entry.0.as_mut_ptr());
                outcome(entry.0.as_ptr())
            };
            match next {
                Err(code) => break Err(code),
                Ok(payload) if unsafe { u8::load(payload) } == 0 => break Ok(names),
                Ok(payload) => names.push(unsafe { String::load(payload.add(8)) }),
            }
        };
        unsafe { drop_entries(entries) };
        found
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        #[link(wasm_import_module = "wasi:filesystem/types@0.2.3")]
        extern "C" {
            #[link_name = "[resource-drop]descriptor"]
            fn drop_descriptor(handle: i32);
        }
        unsafe { drop_descriptor(self.0) }
    }
}

/// Where the payload of a `result` whose payload is aligned to four bytes lies, or its error code.
unsafe fn outcome(result: *const u8) -> Result<*const u8, ErrorCode> {
    let payload = result.add(4);
    if u8::load(result) == 0 { Ok(payload) } else { Err(u8::load(payload)) }
}
