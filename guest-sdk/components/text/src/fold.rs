//! Latin letters without their accents.

const FIRST: u32 = 0xc0;
const ADDITIONAL: u32 = 0x1e00;

/// Two bytes for each character from U+00C0 to U+024F, sixteen characters a line: the letters that
/// remain of it, or `--` where it stays as it is.
const LATIN: &[u8; 800] = b"\
    A A A A A A AEC E E E E I I I I \
    D N O O O O O --O U U U U Y THss\
    a a a a a a aec e e e e i i i i \
    d n o o o o o --o u u u u y thy \
    A a A a A a C c C c C c C c D d \
    D d E e E e E e E e E e G g G g \
    G g G g H h H h I i I i I i I i \
    I i IJijJ j K k k L l L l L l --\
    --L l N n N n N n --NGngO o O o \
    O o OEoeR r R r R r S s S s S s \
    S s T t T t T t U u U u U u U u \
    U u U u W w Y y Y Z z Z z Z z s \
    b B B b ------C c D D ----------\
    --F f G ------I K k l ----N n O \
    O o ----P p ----------t T t T U \
    u --V Y y Z z ------------------\
    --------DZDzdzLJLjljNJNjnjA a I \
    i O o U u U u U u U u U u e A a \
    A a AEaeG g G g K k O o O o ----\
    j DZDzdzG g ----N n A a AEaeO o \
    A a A a E e E e I i I i O o O o \
    R r R r U u U u S s T t ----H h \
    --d ----Z z A a E e O o O o O o \
    O o Y y l n t j ----A C c L T s \
    z ----B U --E e J j Q q R r Y y ";

/// The same from U+1E00 to U+1EFF.
const LATIN_ADDITIONAL: &[u8; 512] = b"\
    A a B b B b B b C c D d D d D d \
    D d D d E e E e E e E e E e F f \
    G g H h H h H h H h H h I i I i \
    K k K k K k L l L l L l L l M m \
    M m M m N n N n N n N n O o O o \
    O o O o P p P p R r R r R r R r \
    S s S s S s S s S s T t T t T t \
    T t U u U u U u U u U u V v V v \
    W w W w W w W w W w X x X x Y y \
    Z z Z z Z z h t w y --s s s SSd \
    A a A a A a A a A a A a A a A a \
    A a A a A a A a E e E e E e E e \
    E e E e E e E e I i I i O o O o \
    O o O o O o O o O o O o O o O o \
    O o O o U u U u U u U u U u U u \
    U u Y y Y y Y y Y y --------Y y ";

/// Appends `c` to `out` without its accents; combining diacritical marks vanish.
pub fn push_folded(out: &mut String, c: char) {
    each_folded(c, |c| out.push(c));
}

/// Gives the characters that remain of `c` without its accents; none of combining diacritical marks.
pub fn each_folded(c: char, mut push: impl FnMut(char)) {
    let code = c as u32;
    let pair = match code {
        0x300..=0x36f => return,
        FIRST..=0x24f => pair(LATIN, code - FIRST),
        ADDITIONAL..=0x1eff => pair(LATIN_ADDITIONAL, code - ADDITIONAL),
        _ => b"--",
    };
    match pair {
        b"--" => push(c),
        [letter, b' '] => push(*letter as char),
        [first, second] => {
            push(*first as char);
            push(*second as char);
        }
    }
}

fn pair(table: &[u8], index: u32) -> &[u8; 2] {
    let at = index as usize * 2;
    table[at..at + 2].try_into().unwrap()
}
