//! The compound file that old Office programs write, as far as finding one stream in it.
//! Format: [MS-CFB]. Every length is bounded by the file's own: nothing is believed that the bytes do not hold.

/// A compound file.
pub struct Ole<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// Next sector by sector.
    next: Vec<u32>,
    directory: Vec<u8>,
}

const LAST_REGULAR: u32 = 0xffff_fffa;
const HEADER: usize = 512;
const ENTRY: usize = 128;
const MINI: usize = 64;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| four.try_into().map_or(0, u32::from_le_bytes))
}

impl<'b> Ole<'b> {
    /// `None` when the file is cut off or no compound file.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 0x1e)?;
        let sector = match shift {
            9 | 12 => 1usize << shift,
            _ => return None,
        };
        let mut file = Self { bytes, sector, next: Vec::new(), directory: Vec::new() };
        for number in file.table_sectors()? {
            let part = file.sector(number).unwrap_or_default();
            file.next.extend(numbers(part));
        }
        file.directory = file.chain(u32_at(bytes, 0x30)?);
        Some(file)
    }

    /// The sectors that hold the table of sectors: 109 in the header, the rest in sectors of their own.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector + 1;
        let mut sectors: Vec<u32> = numbers(self.bytes.get(0x4c..HEADER)?).filter(|number| *number <= LAST_REGULAR).collect();
        let mut more = u32_at(self.bytes, 0x44)?;
        let mut seen = 0;
        while more <= LAST_REGULAR && seen < most {
            let Some(part) = self.sector(more) else { break };
            let (list, last) = part.split_at(part.len().saturating_sub(4));
            sectors.extend(numbers(list).filter(|number| *number <= LAST_REGULAR));
            more = u32_at(last, 0).unwrap_or(u32::MAX);
            seen += 1;
        }
        sectors.truncate(most);
        Some(sectors)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let from = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let to = (from + self.sector).min(self.bytes.len());
        // Nothing at all would let a chain that leads back to itself go on for ever.
        self.bytes.get(from..to).filter(|part| !part.is_empty())
    }

    fn chain(&self, first: u32) -> Vec<u8> {
        let mut content = Vec::new();
        let mut number = first;
        while let Some(part) = self.sector(number).filter(|_| number <= LAST_REGULAR && content.len() <= self.bytes.len()) {
            content.extend_from_slice(part);
            number = self.next.get(number as usize).copied().unwrap_or(u32::MAX);
        }
        content
    }

    /// Whether a stream or folder with one of these names is there.
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.entry(name).is_some())
    }

    fn entry(&self, name: &str) -> Option<&[u8]> {
        self.directory.chunks_exact(ENTRY).find(|entry| {
            let length = usize::from(u16_at(entry, 0x40).unwrap_or(0)).clamp(2, 64) - 2;
            let units: Vec<u16> =
                entry.get(..length).unwrap_or_default().chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            entry.get(0x42).is_some_and(|kind| matches!(kind, 1 | 2 | 5)) && String::from_utf16_lossy(&units).eq_ignore_ascii_case(name)
        })
    }

    /// The content of a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entry(name).filter(|entry| entry.get(0x42) == Some(&2))?;
        let (first, size) = (u32_at(entry, 0x74)?, u32_at(entry, 0x78)? as usize);
        let mut content = if size < u32_at(self.bytes, 0x38)? as usize { self.small(first)? } else { self.chain(first) };
        content.truncate(size);
        Some(content)
    }

    /// Small streams lie in sectors of 64 bytes within the root's own stream.
    fn small(&self, first: u32) -> Option<Vec<u8>> {
        let root = self.directory.get(..ENTRY)?;
        let all = self.chain(u32_at(root, 0x74)?);
        let table = self.chain(u32_at(self.bytes, 0x3c)?);
        let mut content = Vec::new();
        let mut number = first;
        while number <= LAST_REGULAR && content.len() <= all.len() {
            let from = number as usize * MINI;
            let Some(part) = all.get(from..(from + MINI).min(all.len())).filter(|part| !part.is_empty()) else { break };
            content.extend_from_slice(part);
            number = u32_at(&table, number as usize * 4).unwrap_or(u32::MAX);
        }
        Some(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_that_leads_back_to_itself_at_the_end_of_the_file_ends() {
        let mut bytes = vec![0xff; 2 * HEADER];
        bytes[..HEADER].fill(0);
        bytes[0x1e] = 9;
        bytes[0x30] = 1;
        bytes[0x44..0x48].fill(0xff);
        bytes[0x50..HEADER].fill(0xff);
        // The table of sectors is sector 0; sector 1 would begin where the file ends, and is followed by itself.
        bytes[HEADER + 4..HEADER + 8].copy_from_slice(&1u32.to_le_bytes());
        assert!(Ole::open(&bytes).is_some_and(|file| file.stream("Workbook").is_none()));
    }
}
