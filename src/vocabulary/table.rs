//! Tables with one value for each member of a vocabulary.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeTuple, Serializer};

use super::Vocabulary;

/// One value for each member of a vocabulary; in text a table with the members' keys, in binary the values alone.
pub struct Table<K: Vocabulary, T> {
    values: K::Each<T>,
}

impl<K: Vocabulary, T> Table<K, T> {
    /// Builds the table from a function of the member.
    pub fn from_fn(value: impl FnMut(K) -> T) -> Self {
        Table {
            values: K::each(value),
        }
    }

    /// Of values that were read, one for each member, in order.
    fn of<E: de::Error>(values: Vec<T>) -> Result<Self, E> {
        let values = values.try_into();
        let values = values.map_err(|_| E::custom("not one value for each member"))?;
        Ok(Table { values })
    }

    /// Members with their values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (K, &T)> {
        K::ALL.iter().copied().zip(self.values())
    }

    /// The values alone, in order.
    pub fn values(&self) -> &[T] {
        self.values.as_ref()
    }

    /// The values alone, to change.
    pub fn values_mut(&mut self) -> &mut [T] {
        self.values.as_mut()
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

impl<K: Vocabulary, T: Clone> Clone for Table<K, T> {
    fn clone(&self) -> Self {
        self.map(|_, value| value.clone())
    }
}

impl<K: Vocabulary, T: PartialEq> PartialEq for Table<K, T> {
    fn eq(&self, other: &Self) -> bool {
        self.values() == other.values()
    }
}

impl<K: Vocabulary, T: fmt::Debug> fmt::Debug for Table<K, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Vocabulary, T> Index<K> for Table<K, T> {
    type Output = T;
    fn index(&self, member: K) -> &T {
        &self.values.as_ref()[member.number()]
    }
}

impl<K: Vocabulary, T> IndexMut<K> for Table<K, T> {
    fn index_mut(&mut self, member: K) -> &mut T {
        &mut self.values.as_mut()[member.number()]
    }
}

impl<K: Vocabulary, T: Serialize> Serialize for Table<K, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            let mut values = serializer.serialize_tuple(K::ALL.len())?;
            for value in self.values() {
                values.serialize_element(value)?;
            }
            return values.end();
        }
        let mut map = serializer.serialize_map(Some(K::ALL.len()))?;
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
                Table::of(values)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::with_capacity(K::ALL.len());
                for member in K::ALL {
                    values.push(seq.next_element()?.ok_or_else(|| {
                        de::Error::custom(format!("missing value of `{}`", member.key()))
                    })?);
                }
                Table::of(values)
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
