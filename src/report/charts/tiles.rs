//! The thirty-four provincial units of China as tiles: a schematic order, not a map.

/// A tile: Chinese and English name, row from the north, column from the west.
pub(super) struct Tile {
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    pub(super) row: usize,
    pub(super) column: usize,
}

const fn tile(zh: &'static str, en: &'static str, row: usize, column: usize) -> Tile {
    Tile {
        zh,
        en,
        row,
        column,
    }
}

/// Rows of tiles.
pub(super) const ROWS: usize = 8;
/// Columns of tiles.
pub(super) const COLUMNS: usize = 7;

/// All tiles, in the order of the national codes.
pub(super) const TILES: [Tile; 34] = [
    tile("北京", "Beijing", 2, 4),
    tile("天津", "Tianjin", 2, 5),
    tile("河北", "Hebei", 3, 4),
    tile("山西", "Shanxi", 2, 3),
    tile("内蒙古", "Inner Mongolia", 1, 4),
    tile("辽宁", "Liaoning", 2, 6),
    tile("吉林", "Jilin", 1, 6),
    tile("黑龙江", "Heilongjiang", 0, 6),
    tile("上海", "Shanghai", 4, 6),
    tile("江苏", "Jiangsu", 4, 5),
    tile("浙江", "Zhejiang", 5, 5),
    tile("安徽", "Anhui", 4, 4),
    tile("福建", "Fujian", 6, 4),
    tile("江西", "Jiangxi", 5, 4),
    tile("山东", "Shandong", 3, 5),
    tile("河南", "Henan", 3, 3),
    tile("湖北", "Hubei", 4, 3),
    tile("湖南", "Hunan", 5, 3),
    tile("广东", "Guangdong", 6, 3),
    tile("广西", "Guangxi", 6, 2),
    tile("海南", "Hainan", 7, 3),
    tile("重庆", "Chongqing", 4, 2),
    tile("四川", "Sichuan", 4, 1),
    tile("贵州", "Guizhou", 5, 2),
    tile("云南", "Yunnan", 5, 1),
    tile("西藏", "Tibet", 3, 0),
    tile("陕西", "Shaanxi", 3, 2),
    tile("甘肃", "Gansu", 2, 1),
    tile("青海", "Qinghai", 3, 1),
    tile("宁夏", "Ningxia", 2, 2),
    tile("新疆", "Xinjiang", 2, 0),
    tile("香港", "Hong Kong", 7, 4),
    tile("澳门", "Macao", 7, 2),
    tile("台湾", "Taiwan", 6, 5),
];

/// Whether a province of a society has a tile.
pub fn known(zh: &str) -> bool {
    TILES.iter().any(|tile| tile.zh == zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tile_has_its_own_place_and_those_of_the_society_agree() {
        for (number, tile) in TILES.iter().enumerate() {
            assert!(tile.row < ROWS && tile.column < COLUMNS);
            let twin = TILES[..number].iter().find(|other| {
                (other.row, other.column) == (tile.row, tile.column) || other.zh == tile.zh
            });
            assert!(twin.is_none(), "{}", tile.zh);
        }
        let table = include_str!("../../../scenarios/societies/china-2020/provinces.csv");
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|column| column == name).unwrap();
        let places = ["name_zh", "name_en", "tile_row", "tile_col"].map(at);
        let mut count = 0;
        for row in reader.records().map(Result::unwrap) {
            let [zh, en, line, column] = places.map(|place| row.get(place).unwrap().to_owned());
            let tile = TILES.iter().find(|tile| tile.zh == zh).unwrap();
            assert_eq!(
                (tile.en, tile.row.to_string(), tile.column.to_string()),
                (en.as_str(), line, column)
            );
            count += 1;
        }
        assert_eq!(count, 31);
    }
}
