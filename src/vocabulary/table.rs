//! Tables with one value for each member of a vocabulary.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeTuple, Serializer};

use super::Vocabulary;

/// One value for each member of a vocabulary; in text a table with the members' keys, in binary the values alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<K, T> {
    values: Vec<T>,
    members: PhantomData<K>,
}

impl<K: Vocabulary, T> Table<K, T> {
    /// Builds the table from a function of the member.
    pub fn from_fn(value: impl FnMut(K) -> T) -> Self {
        Table {
            values: K::ALL.iter().copied().map(value).collect(),
            members: PhantomData,
        }
    }

    /// Members with their values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (K, &T)> {
        K::ALL.iter().copied().zip(&self.values)
    }

    /// The values alone, in order.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The values alone, to change.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// The table of the values' images.
    pub fn map<U>(&self, mut image: impl FnMut(K, &T) -> U) -> Table<K, U> {
        Table::from_fn(|member| image(member, &self[member]))
    }
}

impl<K: Vocabulary, T: Default> Default for Table<K, T> {
    fn default() -> Self {
        Table::from_fn(|_| T::default())
    }
}

impl<K: Vocabulary, T> Index<K> for Table<K, T> {
    type Output = T;
    fn index(&self, member: K) -> &T {
        &self.values[member.number()]
    }
}

impl<K: Vocabulary, T> IndexMut<K> for Table<K, T> {
    fn index_mut(&mut self, member: K) -> &mut T {
        &mut self.values[member.number()]
    }
}

impl<K: Vocabulary, T: Serialize> Serialize for Table<K, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            let mut values = serializer.serialize_tuple(self.values.len())?;
            for value in &self.values {
                values.serialize_element(value)?;
            }
            return values.end();
        }
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (member, value) in self.iter() {
            map.serialize_entry(member.key(), value)?;
        }
        map.end()
    }
}

impl<'de, K: Vocabulary, T: Deserialize<'de>> Deserialize<'de> for Table<K, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TableVisitor<K, T>(PhantomData<(K, T)>);
        impl<'de, K: Vocabulary, T: Deserialize<'de>> Visitor<'de> for TableVisitor<K, T> {
            type Value = Table<K, T>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a table with one entry for each member")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut found: Vec<Option<T>> = K::ALL.iter().map(|_| None).collect();
                while let Some(key) = map.next_key::<String>()? {
                    let member = K::from_key(&key)
                        .ok_or_else(|| de::Error::custom(format!("unknown key `{key}`")))?;
                    found[member.number()] = Some(map.next_value()?);
                }
                let mut values = Vec::with_capacity(found.len());
                for (member, value) in K::ALL.iter().zip(found) {
                    values.push(value.ok_or_else(|| {
                        de::Error::custom(format!("missing key `{}`", member.key()))
                    })?);
                }
                Ok(Table {
                    values,
                    members: PhantomData,
                })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::with_capacity(K::ALL.len());
                for member in K::ALL {
                    values.push(seq.next_element()?.ok_or_else(|| {
                        de::Error::custom(format!("missing value of `{}`", member.key()))
                    })?);
                }
                Ok(Table {
                    values,
                    members: PhantomData,
                })
            }
        }
        let visitor = TableVisitor(PhantomData);
        if deserializer.is_human_readable() {
            deserializer.deserialize_map(visitor)
        } else {
            deserializer.deserialize_tuple(K::ALL.len(), visitor)
        }
    }
}
