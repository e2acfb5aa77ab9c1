metadata description = 'A workbook in Application Insights: what is sent, what waits and what fails, at a glance.'

@description('Required. Name that it is shown by.')
@minLength(2)
@maxLength(32)
param name string

@description('Required. Region of the workbook: that of Application Insights.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Application Insights component that its queries read.')
@minLength(1)
@maxLength(255)
param componentName string

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(component.id, 'workbook')
  location: location
  kind: 'shared'
  properties: {
    displayName: '${name}: sending'
    category: 'workbook'
    sourceId: component.id
    serializedData: string(union(loadJsonContent('workbook.json'), { fallbackResourceIds: [component.id] }))
  }
}
