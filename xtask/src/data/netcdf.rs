//! Files in NetCDF's classic format (version 1), as far as the data files need it: dimensions of
//! fixed lengths, whole and real numbers, texts as attributes. All is big-endian, and padded to
//! four bytes.
//!
//! The format: docs.unidata.ucar.edu/netcdf-c, "NetCDF Classic Format".

const MAGIC: &[u8; 4] = b"CDF\x01";
const DIMENSIONS: u32 = 0x0A;
const VARIABLES: u32 = 0x0B;
const ATTRIBUTES: u32 = 0x0C;
const CHAR: u32 = 2;
const INT: u32 = 4;
const FLOAT: u32 = 5;

/// Along what data are laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dimension {
    pub(super) name: &'static str,
    pub(super) length: u32,
}

/// Numbers of one kind.
#[derive(Clone, Debug)]
pub(super) enum Data {
    Whole(Vec<i32>),
    Real(Vec<f32>),
}

/// Data with a name.
#[derive(Clone, Debug)]
pub(super) struct Variable<'a> {
    pub(super) name: &'static str,
    /// By their places in the list of dimensions; the last one runs fastest.
    pub(super) dimensions: &'a [u32],
    pub(super) units: &'static str,
    pub(super) data: Data,
}

impl Data {
    fn kind(&self) -> u32 {
        match self {
            Self::Whole(_) => INT,
            Self::Real(_) => FLOAT,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Whole(values) => values.iter().flat_map(|value| value.to_be_bytes()).collect(),
            Self::Real(values) => values.iter().flat_map(|value| value.to_be_bytes()).collect(),
        }
    }
}

/// The file with these attributes of its own, dimensions and variables.
pub(super) fn file(attributes: &[(&str, &str)], dimensions: &[Dimension], variables: &[Variable<'_>]) -> Vec<u8> {
    // Where data begin is known only when the header is.
    let mut begin = header(attributes, dimensions, variables, &vec![0; variables.len()]).len();
    let mut begins = Vec::new();
    for variable in variables {
        begins.push(begin as u32);
        begin += variable.data.bytes().len();
    }
    let mut file = header(attributes, dimensions, variables, &begins);
    variables.iter().for_each(|variable| file.extend(variable.data.bytes()));
    file
}

fn header(
    attributes: &[(&str, &str)],
    dimensions: &[Dimension],
    variables: &[Variable<'_>],
    begins: &[u32],
) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    // No records.
    number(&mut out, 0);
    list(&mut out, DIMENSIONS, dimensions.len());
    for dimension in dimensions {
        text(&mut out, dimension.name);
        number(&mut out, dimension.length);
    }
    attribute_list(&mut out, attributes);
    list(&mut out, VARIABLES, variables.len());
    for (variable, begin) in variables.iter().zip(begins) {
        text(&mut out, variable.name);
        number(&mut out, variable.dimensions.len() as u32);
        variable.dimensions.iter().for_each(|dimension| number(&mut out, *dimension));
        attribute_list(&mut out, &[("units", variable.units)]);
        number(&mut out, variable.data.kind());
        number(&mut out, variable.data.bytes().len() as u32);
        number(&mut out, *begin);
    }
    out
}

fn attribute_list(out: &mut Vec<u8>, attributes: &[(&str, &str)]) {
    list(out, ATTRIBUTES, attributes.len());
    for (name, value) in attributes {
        text(out, name);
        number(out, CHAR);
        text(out, value);
    }
}

/// A list of nothing has no kind.
fn list(out: &mut Vec<u8>, kind: u32, length: usize) {
    number(out, if length == 0 { 0 } else { kind });
    number(out, length as u32);
}

fn number(out: &mut Vec<u8>, value: u32) {
    out.extend(value.to_be_bytes());
}

/// Its length, its bytes, and what is missing to four.
fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len() as u32);
    out.extend(text.as_bytes());
    out.resize(out.len().next_multiple_of(4), 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_file_is_as_the_format_says() {
        let dimensions = [Dimension { name: "x", length: 2 }];
        let data = Data::Real(vec![1.0, -2.5]);
        let file = file(&[], &dimensions, &[Variable { name: "vx", dimensions: &[0], units: "m", data }]);
        let expected = [
            b"CDF\x01".as_slice(),
            &[0, 0, 0, 0],
            &[0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 1, b'x', 0, 0, 0, 0, 0, 0, 2],
            &[0, 0, 0, 0, 0, 0, 0, 0],
            &[0, 0, 0, 11, 0, 0, 0, 1, 0, 0, 0, 2, b'v', b'x', 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
            &[0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 5],
            b"units\0\0\0",
            &[0, 0, 0, 2, 0, 0, 0, 1, b'm', 0, 0, 0],
            &[0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0, 104],
            &1.0_f32.to_be_bytes(),
            &(-2.5_f32).to_be_bytes(),
        ];
        assert_eq!(file, expected.concat());
        assert_eq!(file.len(), 104 + 8);
    }
}
